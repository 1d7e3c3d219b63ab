#pragma once

#include <compare>
#include <string>
#include <vector>

namespace conductor::daemon {

/** @brief Where in a file something stands. */
struct location {
    /** @brief Line, from 1; zero when it stands in no file. */
    int line = 0;
    /** @brief Column, from 1. */
    int column = 0;

    friend auto operator<=>(location const&, location const&) = default;
};

/** @brief One thing that is wrong with a configuration. */
struct fault {
    /** @brief The file's name, or "environment". */
    std::string file;
    /** @brief Where in the file. */
    location where;
    /** @brief The key's path, e.g. `workers.github_fetch.slots`; empty for the file as a whole. */
    std::string path;
    /** @brief What is wrong, what is allowed and what to do. Never holds a secret. */
    std::string message;

    /** @brief `FILE:LINE:COLUMN: PATH: MESSAGE`, in one line that a terminal can show. */
    std::string text() const;

    friend bool operator==(fault const&, fault const&) = default;
};

}  // namespace conductor::daemon
