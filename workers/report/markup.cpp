#include <report/markup.hpp>

#include <contract/utf8.hpp>

#include <array>
#include <charconv>
#include <cmath>

namespace conductor::workers::report {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

std::string_view shown(utf8_character one, std::string_view bytes) {
    if (!one.valid || changes_the_line(one.code)) return replacement;
    switch (one.code) {
        case U'&': return "&amp;";
        case U'<': return "&lt;";
        case U'>': return "&gt;";
        case U'"': return "&quot;";
        case U'\'': return "&#39;";
        default: return bytes;
    }
}

}  // namespace

markup& markup::raw(std::string_view own) {
    text_ += own;
    return *this;
}

markup& markup::text(std::string_view outside) {
    std::size_t taken = 0;
    while (taken < outside.size()) {
        auto const rest = outside.substr(taken);
        auto const one = first_character(rest);
        taken += one.bytes;
        if (taken > text_bytes_max) return raw("…");
        text_ += shown(one, rest.substr(0, one.bytes));
    }
    return *this;
}

markup& markup::count(std::int64_t number) { return raw(grouped(number)); }

markup& markup::place(double number) {
    auto const tenths = std::llround(number * 10);
    std::array<char, 32> digits{};
    auto* end = std::to_chars(digits.data(), digits.data() + digits.size(), tenths / 10).ptr;
    raw({digits.data(), static_cast<std::size_t>(end - digits.data())});
    if (auto const tenth = std::abs(tenths % 10); tenth != 0) raw("." + std::to_string(tenth));
    return *this;
}

std::string grouped(std::int64_t number) {
    std::string text = std::to_string(number);
    std::size_t const first = text.front() == '-' ? 1 : 0;
    for (std::size_t at = text.size(); at > first + 3; at -= 3) text.insert(at - 3, ",");
    return text;
}

std::string per_cent(std::int64_t part, std::int64_t whole) {
    if (part <= 0 || whole <= 0) return "0";
    auto const share = static_cast<double>(part) / static_cast<double>(whole) * 100;
    return share < 1 ? "<1" : std::to_string(std::llround(share));
}

}  // namespace conductor::workers::report
