#pragma once

#include <string>
#include <string_view>

namespace conductor::daemon {

/** @brief A text from outside, safe to show in a line of a log or on a terminal.
 *
 *  Control characters, marks that change the direction of writing, and bytes that are not UTF-8
 *  come out as `\n`, `\t`, `\xNN` or `\u{NNNN}`; everything else stays as it is.
 *  @param bytes_max  A longer text is cut at a whole character and ends in "…".
 */
std::string printable(std::string_view text, std::size_t bytes_max = 2000);

}  // namespace conductor::daemon
