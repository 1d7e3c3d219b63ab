#include "expressions.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace conductor::test {

namespace json = boost::json;

namespace {

json::value find(json::object const& scope, std::string_view path) {
    std::string pointer{"/"};
    pointer += path;
    std::ranges::replace(pointer, '.', '/');
    boost::system::error_code error;
    json::value const root(scope);  // braces would make it a list
    auto const* const found = root.find_pointer(pointer, error);
    return found == nullptr ? json::value{} : *found;
}

json::value resolve_text(std::string_view text, json::object const& scope) {
    if (!text.starts_with("${") || !text.ends_with('}')) return json::value(text);
    return find(scope, text.substr(2, text.size() - 3));
}

}  // namespace

json::value resolve_expressions(json::value const& pattern, json::object const& scope) {
    if (auto const* const text = pattern.if_string()) return resolve_text(*text, scope);
    if (auto const* const members = pattern.if_object()) {
        json::object resolved;
        for (auto const& [name, value] : *members)
            resolved[name] = resolve_expressions(value, scope);
        return resolved;
    }
    if (auto const* const elements = pattern.if_array()) {
        json::array resolved;
        for (auto const& each : *elements) resolved.push_back(resolve_expressions(each, scope));
        return resolved;
    }
    return pattern;
}

}  // namespace conductor::test
