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

/** @brief A variable's text as a whole number from `min` on.
 *  @throws config_error naming the variable. */
std::int64_t parse_number(std::string const& name, std::string const& text, std::int64_t min);

/** @brief A variable's text as a number between 0 and 1, both left out.
 *  @throws config_error naming the variable. */
double parse_part(std::string const& name, std::string const& text);

/** @brief A variable's text as a truth value: `true`, `1`, `yes`, `on`, or `false`, `0`, `no`,
 *  `off`, in any case.
 *  @throws config_error naming the variable. */
bool parse_truth(std::string const& name, std::string const& text);

}  // namespace conductor::base
