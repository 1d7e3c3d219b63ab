#pragma once

#include <contract/instant.hpp>
#include <orbit_upload/activity_members.hpp>

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace conductor::workers {

/** @brief The repository that an activity is about. */
struct activity_repository {
    /** @brief GitHub's number of it, which outlives a change of name. */
    std::optional<std::int64_t> github_id{};
    /** @brief `owner/name`. */
    std::optional<std::string> full_name{};

    friend bool operator==(activity_repository const&, activity_repository const&) = default;
};

/** @brief An activity as the community database holds it. */
struct community_activity {
    /** @brief What makes it the same activity as another one. */
    std::string key;
    /** @brief Its `activity_type_key`. */
    std::optional<std::string> type{};
    /** @brief Its title. */
    std::optional<std::string> title{};
    /** @brief Its link. */
    std::optional<std::string> link{};
    /** @brief When it happened: ISO 8601, UTC, to the second, so that texts sort as times do. */
    std::string occurred_at{};
    /** @brief Whose it is. */
    std::optional<activity_person> person{};
    /** @brief What it is about. */
    std::optional<activity_repository> repository{};

    friend bool operator==(community_activity const&, community_activity const&) = default;
};

/** @brief Reads an activity as `star_filter` makes it.
 *
 *  @param now  When it happened, if it does not say so.
 *  @par Errors  `errc::bad_value` for an `occurred_at` that is no instant; `detail` says what was
 *               expected.
 */
result<community_activity> read_community_activity(boost::json::object const& activity,
                                                   instant now);

/** @brief The repository of an activity: by its key, `github:KIND:NUMBER or OWNER/NAME:PERSON`, and
 *  by its link, `https://github.com/OWNER/NAME`. A key of another form leaves the link; none when
 *  neither names one. A fork's link to the fork itself names nothing. */
std::optional<activity_repository> repository_of(boost::json::object const& activity);

/** @brief An instant as the community database writes it: `2024-05-01T10:00:00Z`. */
std::string community_time(instant at);

}  // namespace conductor::workers
