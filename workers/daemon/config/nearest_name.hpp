#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::daemon {

/** @brief The name that someone who wrote `written` most likely meant.
 *
 *  @return The name that the fewest changed, missing, added or swapped letters turn into
 *          `written`; none if that takes more than a third of its letters.
 */
std::optional<std::string> nearest_name(std::string_view written,
                                        std::vector<std::string> const& names);

/** @brief `a, b, c`: names in one line. */
std::string listed(std::vector<std::string> const& names);

}  // namespace conductor::daemon
