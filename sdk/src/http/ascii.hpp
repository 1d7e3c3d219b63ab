#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace conductor::http {

/** @brief Lower case of an ASCII letter; the locale does not matter. */
constexpr char to_lower(char letter) noexcept {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/** @brief Lower case of ASCII text. */
inline std::string to_lower(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return to_lower(c); });
    return lower;
}

/** @brief Whether two names are equal but for the case of ASCII letters. */
inline bool equal_ignoring_case(std::string_view left, std::string_view right) noexcept {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return to_lower(a) == to_lower(b); });
}

/** @brief The text without blanks at both ends. */
inline std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t";
    auto const first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace conductor::http
