#pragma once

#include <github_fetch/row.hpp>

#include <conductor/error.hpp>

#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace conductor::workers::github {

/** @brief A page of a repository's public feed. */
struct event_page {
    /** @brief Its stars or forks, in the feed's order: newest first. */
    std::vector<row> rows{};
    /** @brief When the oldest of all its events happened, of whatever type; none of an empty page.
     */
    std::optional<instant> oldest{};
    /** @brief The repository's number; none of an empty page. */
    std::optional<std::int64_t> repository_id{};
};

/** @brief Reads a page of `/repos/{owner}/{name}/events`.
 *  @param kind  `star` takes every `WatchEvent` whose action is `started`, `fork` every
 * `ForkEvent`.
 *  @par Errors  `errc::bad_response`; `detail` begins with the JSON pointer of the culprit. */
result<event_page> read_events(row_kind kind, boost::json::value const& body);

}  // namespace conductor::workers::github
