#pragma once

#include <map>
#include <string>
#include <string_view>

namespace conductor::daemon {

/** @brief Reads what a page's form sends: `application/x-www-form-urlencoded`.
 *
 *  Of a field that stands twice the first counts, and an escape that is none stands for itself.
 *  Never throws. */
std::map<std::string, std::string, std::less<>> read_form(std::string_view body);

}  // namespace conductor::daemon
