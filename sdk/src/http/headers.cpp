#include <conductor/http/headers.hpp>

#include "http/ascii.hpp"

#include <algorithm>
#include <utility>

namespace conductor::http {

std::optional<std::string_view> headers::find(std::string_view name) const {
    for (auto const& line : lines_)
        if (equal_ignoring_case(line.name, name)) return line.value;
    return std::nullopt;
}

void headers::set(std::string_view name, std::string value) {
    auto const same_name = [&](header const& line) { return equal_ignoring_case(line.name, name); };
    auto const first = std::find_if(lines_.begin(), lines_.end(), same_name);
    if (first == lines_.end()) return add(std::string(name), std::move(value));
    first->value = std::move(value);
    lines_.erase(std::remove_if(first + 1, lines_.end(), same_name), lines_.end());
}

void headers::add(std::string name, std::string value) {
    lines_.push_back({std::move(name), std::move(value)});
}

void headers::erase(std::string_view name) {
    std::erase_if(lines_, [&](header const& line) { return equal_ignoring_case(line.name, name); });
}

}  // namespace conductor::http
