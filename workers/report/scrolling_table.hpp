#pragma once

#include <report/markup.hpp>

#include <string>

namespace conductor::workers::report {

/** @brief A table in a field that scrolls when it is too wide or too long, by the keyboard too. */
struct scrolling_table {
    /** @brief Its id in the page; the caption's is made of it. */
    std::string id{};
    /** @brief What it shows, in a line. */
    markup caption{};
    /** @brief `<thead>` and `<tbody>`. */
    markup body{};
    /** @brief Whether a long table scrolls inside of its field. */
    bool is_long = true;

    /** @brief The table with its field. */
    markup drawn() const;
};

}  // namespace conductor::workers::report
