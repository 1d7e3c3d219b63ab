#pragma once

#include <string_view>

namespace conductor::tracing {

/** @brief The text without blanks and tabs at both ends, as lists in headers allow them. */
inline std::string_view trimmed(std::string_view text) {
    auto const begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}  // namespace conductor::tracing
