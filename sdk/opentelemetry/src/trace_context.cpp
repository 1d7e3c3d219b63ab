#include "trace_context.hpp"

#include "trimmed.hpp"

#include <algorithm>

namespace conductor::tracing {
namespace {

constexpr std::string_view digits = "0123456789abcdef";
// version-trace-span-flags
constexpr std::size_t trace_at = 3;
constexpr std::size_t span_at = 36;
constexpr std::size_t flags_at = 53;
constexpr std::size_t parent_size = 55;
constexpr std::uint8_t sampled_flag = 1;

constexpr std::size_t state_bytes_max = 512;
constexpr std::size_t state_members_max = 32;
constexpr std::size_t key_max = 256;
constexpr std::size_t value_max = 256;

/** @brief Reads as many bytes as `bytes` has; upper-case digits are none here. */
bool read_hex(std::string_view text, std::span<std::uint8_t> bytes) {
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        auto const high = digits.find(text[2 * at]);
        auto const low = digits.find(text[2 * at + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return false;
        bytes[at] = static_cast<std::uint8_t>(high * digits.size() + low);
    }
    return true;
}

bool names_something(std::span<std::uint8_t const> id) {
    return std::ranges::any_of(id, [](std::uint8_t byte) { return byte != 0; });
}

/** @brief Whether the text has the form of this version, or may have that of a later one. */
bool has_form(std::string_view parent, std::uint8_t version) {
    constexpr std::uint8_t no_version = 0xff;
    if (version == no_version) return false;
    if (version == 0) return parent.size() == parent_size;
    return parent.size() == parent_size || parent[parent_size] == '-';
}

bool is_key_character(char one) {
    return (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9') ||
           std::string_view{"_-*/@"}.find(one) != std::string_view::npos;
}

bool is_value_character(char one) { return one >= ' ' && one <= '~' && one != ',' && one != '='; }

bool is_member(std::string_view member) {
    if (member.empty()) return true;
    auto const equals = member.find('=');
    if (equals == std::string_view::npos) return false;
    auto const key = member.substr(0, equals);
    auto const value = member.substr(equals + 1);
    return !key.empty() && key.size() <= key_max && std::ranges::all_of(key, is_key_character) &&
           !value.empty() && value.size() <= value_max &&
           std::ranges::all_of(value, is_value_character);
}

bool is_state(std::string_view state) {
    if (state.size() > state_bytes_max) return false;
    std::size_t members = 0;
    for (;;) {
        auto const comma = state.find(',');
        if (!is_member(trimmed(state.substr(0, comma))) || ++members > state_members_max)
            return false;
        if (comma == std::string_view::npos) return true;
        state.remove_prefix(comma + 1);
    }
}

}  // namespace

std::optional<trace_context> parse_trace_context(std::string_view parent, std::string_view state) {
    if (parent.size() < parent_size) return std::nullopt;
    std::array<std::uint8_t, 1> version{};
    std::array<std::uint8_t, 1> flags{};
    trace_context read;
    bool const is_whole = read_hex(parent, version) && parent[trace_at - 1] == '-' &&
                          read_hex(parent.substr(trace_at), read.trace) &&
                          parent[span_at - 1] == '-' &&
                          read_hex(parent.substr(span_at), read.span) &&
                          parent[flags_at - 1] == '-' && read_hex(parent.substr(flags_at), flags);
    if (!is_whole || !has_form(parent, version[0])) return std::nullopt;
    if (!names_something(read.trace) || !names_something(read.span)) return std::nullopt;
    read.sampled = (flags[0] & sampled_flag) != 0;
    if (is_state(state)) read.state = std::string{state};
    return read;
}

std::string to_hex(std::span<std::uint8_t const> bytes) {
    std::string text;
    for (auto const byte : bytes) {
        text += digits[byte / digits.size()];
        text += digits[byte % digits.size()];
    }
    return text;
}

}  // namespace conductor::tracing
