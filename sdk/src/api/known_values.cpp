#include "api/known_values.hpp"

#include <algorithm>

namespace conductor::api {
namespace {

constexpr std::size_t values_max = 16;
constexpr std::size_t bytes_min = 64;
constexpr std::size_t bytes_max = std::size_t{16} * 1024;

}  // namespace

bool known_values::skip(plain_json& cursor) {
    auto const text = cursor.rest();
    auto const found = std::ranges::find_if(
        values_, [&](std::string const& value) { return text.starts_with(value); });
    if (found == values_.end()) return false;
    cursor.advance(found->size());
    std::rotate(values_.begin(), found, found + 1);
    return true;
}

void known_values::remember(std::string_view object) {
    if (object.size() < bytes_min || object.size() > bytes_max) return;
    if (values_.size() == values_max) values_.pop_back();
    values_.emplace(values_.begin(), object);
}

}  // namespace conductor::api
