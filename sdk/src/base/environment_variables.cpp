#include "base/environment_variables.hpp"

#include <conductor/config_error.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdlib>

namespace conductor::base {
namespace {

[[noreturn]] void refuse(std::string const& name, std::string const& expected,
                         std::string const& text) {
    throw config_error(name + ": expected " + expected + ", got \"" + text + "\"");
}

template <class Number>
std::optional<Number> number_in(std::string const& text) {
    Number number{};
    auto const* const end = text.data() + text.size();
    auto const [read_to, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || read_to != end) return std::nullopt;
    return number;
}

}  // namespace

std::optional<std::string> read_variable(std::string const& name) {
    char const* const value = std::getenv(name.c_str());
    if (value == nullptr || *value == '\0') return std::nullopt;
    return value;
}

std::optional<std::int64_t> read_number(std::string const& name, std::int64_t min) {
    auto const text = read_variable(name);
    if (!text) return std::nullopt;
    return parse_number(name, *text, min);
}

std::int64_t parse_number(std::string const& name, std::string const& text, std::int64_t min) {
    auto const number = number_in<std::int64_t>(text);
    if (!number || *number < min)
        refuse(name, "a whole number from " + std::to_string(min) + " on", text);
    return *number;
}

double parse_part(std::string const& name, std::string const& text) {
    auto const part = number_in<double>(text);
    if (!part || !(*part > 0.0 && *part < 1.0)) refuse(name, "a number between 0 and 1", text);
    return *part;
}

bool parse_truth(std::string const& name, std::string const& text) {
    constexpr std::array yes{"true", "1", "yes", "on"};
    constexpr std::array no{"false", "0", "no", "off"};
    std::string lower = text;
    std::ranges::transform(lower, lower.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    auto const is_lower = [&lower](char const* word) { return lower == word; };
    if (std::ranges::any_of(yes, is_lower)) return true;
    if (std::ranges::none_of(no, is_lower)) refuse(name, "true or false", text);
    return false;
}

}  // namespace conductor::base
