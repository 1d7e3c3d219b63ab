#pragma once

#include <boost/json/object.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace conductor::test {

/** @brief A text member, empty when absent or of another type. */
inline std::string text_of(boost::json::object const& object, std::string_view name) {
    auto const* const member = object.if_contains(name);
    return member != nullptr && member->is_string() ? std::string{member->get_string()}
                                                    : std::string{};
}

/** @brief A whole-number member, `otherwise` when absent or of another type. */
inline std::int64_t number_of(boost::json::object const& object, std::string_view name,
                              std::int64_t otherwise = 0) {
    auto const* const member = object.if_contains(name);
    return member != nullptr && member->is_int64() ? member->get_int64() : otherwise;
}

/** @brief A true-or-false member, false when absent or of another type. */
inline bool flag_of(boost::json::object const& object, std::string_view name) {
    auto const* const member = object.if_contains(name);
    return member != nullptr && member->is_bool() && member->get_bool();
}

/** @brief An object member, empty when absent or of another type. */
inline boost::json::object object_of(boost::json::object const& object, std::string_view name) {
    auto const* const member = object.if_contains(name);
    return member != nullptr && member->is_object() ? member->get_object() : boost::json::object{};
}

}  // namespace conductor::test
