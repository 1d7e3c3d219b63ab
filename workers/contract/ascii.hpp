#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace conductor::workers {

/** @brief The text with ASCII letters in lower case; the locale does not matter. */
inline std::string lower(std::string_view text) {
    std::string out{text};
    std::ranges::transform(out, out.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return out;
}

/** @brief The text without blanks and tabs at both ends. */
inline std::string_view trimmed(std::string_view text) {
    auto const first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace conductor::workers
