#pragma once

#include <daemon/config/config.hpp>
#include <daemon/config/fault.hpp>
#include <daemon/config/report.hpp>
#include <daemon/config/surroundings.hpp>

#include <string>
#include <vector>

namespace conductor::daemon {

/** @brief What reading a configuration gives. */
struct parsed_config {
    /** @brief The configuration; to be used only when there is no fault. */
    config values;
    /** @brief Everything that is wrong, in the order of the file. */
    std::vector<fault> faults;
    /** @brief Every setting with where it came from. */
    std::vector<effective_value> effective;
    /** @brief Every key that was looked for, in the sections that the file has. */
    std::vector<known_key> known;
};

/** @brief Reads a configuration: the file first, then what the surroundings say, then defaults.
 *
 *  Never throws for what a file may hold.
 *  @param file  Name of the file, for messages.
 */
parsed_config parse_config(std::string const& file, std::string const& text,
                           surroundings const& around);

/** @brief The configuration of a process that was given no file: the server of the environment,
 *  workers without secrets, sinks or health endpoints. */
parsed_config config_of_environment(surroundings const& around);

}  // namespace conductor::daemon
