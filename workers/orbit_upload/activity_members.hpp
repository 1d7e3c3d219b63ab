#pragma once

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace conductor::workers {

/** @brief Whose activity it is. */
struct activity_person {
    /** @brief Where the account is, e.g. `github`. */
    std::string source;
    /** @brief The account's number there, which outlives a change of name. */
    std::optional<std::string> uid{};
    /** @brief The account's name. */
    std::optional<std::string> login{};

    friend bool operator==(activity_person const&, activity_person const&) = default;
};

/** @brief A member that is a text, not empty; none for anything else. */
std::optional<std::string> member_text(boost::json::object const& object, std::string_view name);

/** @brief The person of an activity: `identity: {source, uid, username}`, and `member: {github}`
 *  for what that lacks; none when neither has a number or a name. */
std::optional<activity_person> person_of(boost::json::object const& activity);

}  // namespace conductor::workers
