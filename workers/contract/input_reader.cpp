#include <contract/input_reader.hpp>

#include <charconv>
#include <cmath>
#include <system_error>

namespace conductor::workers {
namespace {

std::string_view view(boost::json::string const& text) { return {text.data(), text.size()}; }

std::optional<std::int64_t> integer_of(std::string_view text) {
    std::int64_t value = 0;
    auto const* const end = text.data() + text.size();
    auto const [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return value;
}

// JavaScript in a workflow has no integers: 44 may arrive as 44.0.
std::optional<std::int64_t> integer_of(double value) {
    constexpr double limit = 9007199254740992.0;  // 2^53: beyond it a double skips integers
    if (!(std::abs(value) <= limit) || std::trunc(value) != value) return std::nullopt;
    return static_cast<std::int64_t>(value);
}

std::optional<std::int64_t> integer_of(boost::json::value const& value) {
    if (auto const* const text = value.if_string()) return integer_of(view(*text));
    if (auto const* const number = value.if_double()) return integer_of(*number);
    if (auto const* const number = value.if_int64()) return *number;
    return std::nullopt;  // an uint64 here is one that an int64 cannot hold
}

std::string describe(integer_range range) {
    std::string const from = "expected a whole number from " + std::to_string(range.min);
    if (range.max == std::numeric_limits<std::int64_t>::max()) return from + " up";
    return from + " to " + std::to_string(range.max);
}

}  // namespace

boost::json::value const* input_reader::find(std::string_view name) const {
    auto const* const value = input_.if_contains(name);
    if (value == nullptr || value->is_null()) return nullptr;
    auto const* const text = value->if_string();
    return text != nullptr && text->empty() ? nullptr : value;
}

std::string input_reader::required_text(std::string_view name) {
    if (find(name) == nullptr) refuse_member(name, "is required");
    return text(name).value_or("");
}

std::optional<std::string> input_reader::text(std::string_view name) {
    auto const* const value = find(name);
    if (value == nullptr) return std::nullopt;
    if (auto const* const text = value->if_string()) return std::string{view(*text)};
    refuse_member(name, "expected a text");
    return std::nullopt;
}

std::optional<std::string> input_reader::choice(std::string_view name,
                                                std::initializer_list<std::string_view> values) {
    auto chosen = text(name);
    if (!chosen) return std::nullopt;
    std::string complaint = "expected one of";
    char separator = ' ';
    for (std::string_view const value : values) {
        if (*chosen == value) return chosen;
        complaint.append(1, separator).append(value);
        separator = '|';
    }
    refuse_member(name, complaint);
    return std::nullopt;
}

std::optional<std::int64_t> input_reader::integer(std::string_view name, integer_range range) {
    auto const* const value = find(name);
    if (value == nullptr) return std::nullopt;
    auto const number = integer_of(*value);
    if (number && *number >= range.min && *number <= range.max) return number;
    refuse_member(name, describe(range));
    return std::nullopt;
}

std::optional<bool> input_reader::boolean(std::string_view name) {
    auto const* const value = find(name);
    if (value == nullptr) return std::nullopt;
    if (auto const* const truth = value->if_bool()) return *truth;
    if (auto const* const text = value->if_string()) {
        if (view(*text) == "true") return true;
        if (view(*text) == "false") return false;
    }
    refuse_member(name, "expected true or false");
    return std::nullopt;
}

std::optional<instant> input_reader::time(std::string_view name) {
    auto const* const value = find(name);
    if (value == nullptr) return std::nullopt;
    auto const number = integer_of(*value);
    auto const* const text = value->if_string();
    result<instant> at = failure{errc::bad_value,
                                 "expected an instant, as ISO 8601 text or in "
                                 "milliseconds since 1970"};
    if (number) at = instant_from_milliseconds(*number);
    if (!number && text != nullptr) at = parse_instant(view(*text));
    if (at.has_value()) return *at;
    refuse_member(name, at.error().detail);
    return std::nullopt;
}

boost::json::array const* input_reader::array(std::string_view name) {
    auto const* const value = find(name);
    if (value == nullptr) return nullptr;
    auto const* const list = value->if_array();
    if (list == nullptr) refuse_member(name, "expected an array");
    return list;
}

void input_reader::refuse(std::string_view pointer, std::string_view complaint) {
    complaints_.push_back(std::string{pointer} + ": " + std::string{complaint});
}

void input_reader::refuse_member(std::string_view name, std::string_view complaint) {
    refuse(json_pointer(name), complaint);
}

fault input_reader::error() const {
    std::string message;
    for (auto const& complaint : complaints_)
        message += message.empty() ? complaint : "; " + complaint;
    return {.code = codes::bad_input, .message = std::move(message)};
}

std::string json_pointer(std::string_view member) {
    std::string pointer{"/"};
    for (char const c : member)
        if (c == '~')
            pointer += "~0";
        else if (c == '/')
            pointer += "~1";
        else
            pointer += c;
    return pointer;
}

}  // namespace conductor::workers
