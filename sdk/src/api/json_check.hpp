#pragma once

#include <conductor/error.hpp>

#include <cstddef>
#include <string_view>

namespace conductor::api {

/** @brief Checks the JSON value that `text` begins with, and builds nothing of it.
 *  @return Its length, blanks before it included; `errc::bad_value` with the position of the fault
 *  where no value begins, or one nested deeper than `depth_max`. */
result<std::size_t> check_value(std::string_view text, std::size_t depth_max);

}  // namespace conductor::api
