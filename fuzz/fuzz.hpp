#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

namespace conductor::fuzz {

/** @brief Each target defines it: reads `input`, and requires what must hold of the outcome. */
void try_input(std::string_view input);

/** @brief Stops the run, which then keeps the input, unless `holds`.
 *  @param rule  What must hold, for the report. */
void require(bool holds, char const* rule);

/** @brief What stands before the first line end, and what comes after it: a target with two inputs
 *  takes them so, and its seeds stay readable. */
std::pair<std::string_view, std::string_view> split_line(std::string_view input);

}  // namespace conductor::fuzz
