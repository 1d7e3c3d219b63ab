#pragma once

#include <daemon/config/parse_config.hpp>
#include <daemon/config/surroundings.hpp>

#include <string>

namespace conductor::daemon {

/** @brief Reads a configuration file.
 *  @param file  Empty for the configuration of the environment alone.
 *  @throws config_error that lists every fault, one a line. */
parsed_config load_config(std::string const& file, surroundings const& around);

}  // namespace conductor::daemon
