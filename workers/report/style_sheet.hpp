#pragma once

#include <string_view>

namespace conductor::workers::report {

/** @brief The page's style, light and dark; all texts have a contrast of at least 4.5 to 1, all
 *  lines and bars of at least 3 to 1. */
std::string_view style_sheet();

}  // namespace conductor::workers::report
