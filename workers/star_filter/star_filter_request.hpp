#pragma once

#include <contract/instant.hpp>
#include <contract/outcome.hpp>
#include <star_filter/activity_row.hpp>

#include <boost/json/object.hpp>

#include <array>
#include <string>
#include <unordered_set>

namespace conductor::workers {

/** @brief What a `star_filter` task asks for, checked and with its defaults filled in. */
struct star_filter_request {
    /** @brief Title of the activities, by kind. */
    std::array<std::string, activity_kinds> titles;
    /** @brief Page of the repository; empty when its name was not given. */
    std::string link;
    /** @brief The repository in every key: its number, or `owner/name` in lower case. */
    std::string repository;
    /** @brief Rows of this instant and older ones are too old. */
    instant cutoff;
    /** @brief Rows after this instant belong to the next window. */
    instant until;
    /** @brief Keys that are loaded already. */
    std::unordered_set<std::string> seen_keys;
    /** @brief Logins to leave out, lower case. */
    std::unordered_set<std::string> exclude_logins;
    /** @brief Whether programs' accounts are left out. */
    bool exclude_bots = false;
};

/** @brief Reads a task's input.
 *
 *  The window is `cutoff < t <= until`. `until` is `now` where not given, `now` is the clock's
 *  where not given (`_scheduledTime` is read in its place too), and `cutoff` is `window_hours`
 *  before `now`; without `now`, before `until`. Zero hours mean everything up to `until`.
 *  @param clock  The time to take where the input gives none.
 *  @par Errors   BAD_INPUT naming every member that cannot be used.
 */
outcome<star_filter_request> read_star_filter_request(boost::json::object const& input,
                                                      instant clock);

/** @brief The text with the letters A to Z in lower case. */
std::string lower_case(std::string_view text);

}  // namespace conductor::workers
