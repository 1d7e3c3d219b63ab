#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace conductor::base {

/** @brief An environment variable; none when unset or empty. */
std::optional<std::string> read_variable(std::string const& name);

/** @brief An environment variable that holds a whole number from `min` on.
 *  @throws config_error naming it. */
std::optional<std::int64_t> read_number(std::string const& name, std::int64_t min);

}  // namespace conductor::base
