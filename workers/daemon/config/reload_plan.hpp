#pragma once

#include <daemon/config/parse_config.hpp>

#include <string>
#include <vector>

namespace conductor::daemon {

/** @brief A setting that two readings of a configuration have differently, as `check` shows it. */
struct setting_change {
    /** @brief The key's path. */
    std::string path;
    /** @brief What holds; `(absent)` for nothing. */
    std::string before;
    /** @brief What is asked for. */
    std::string after;

    friend bool operator==(setting_change const&, setting_change const&) = default;
};

/** @brief What a running daemon makes of a new reading of its configuration. */
struct reload_plan {
    /** @brief What it can take as it runs: a worker's `slots` and `paused`, and `log.level`. */
    std::vector<setting_change> live{};
    /** @brief What needs another start. While there is any, nothing is to be taken. */
    std::vector<setting_change> refused{};

    friend bool operator==(reload_plan const&, reload_plan const&) = default;
};

/** @brief Compares two readings without faults. No secret is in what comes of it. Pure. */
reload_plan plan_reload(parsed_config const& running, parsed_config const& wanted);

}  // namespace conductor::daemon
