#include "base/environment_variables.hpp"

#include <conductor/config_error.hpp>

#include <charconv>
#include <cstdlib>

namespace conductor::base {

std::optional<std::string> read_variable(std::string const& name) {
    char const* const value = std::getenv(name.c_str());
    if (value == nullptr || *value == '\0') return std::nullopt;
    return value;
}

std::optional<std::int64_t> read_number(std::string const& name, std::int64_t min) {
    auto const text = read_variable(name);
    if (!text) return std::nullopt;
    std::int64_t number = 0;
    auto const* const end = text->data() + text->size();
    auto const [read_to, error] = std::from_chars(text->data(), end, number);
    if (error != std::errc{} || read_to != end || number < min) {
        throw config_error(name + ": expected a whole number from " + std::to_string(min) +
                           " on, got \"" + *text + "\"");
    }
    return number;
}

}  // namespace conductor::base
