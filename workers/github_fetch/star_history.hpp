#pragma once

#include <conductor/error.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <cstdint>
#include <vector>

namespace conductor::workers::github {

/** @brief How many of today's stars were given on one day. */
struct day_count {
    /** @brief The day, of GitHub's calendar. */
    std::chrono::sys_days day;
    /** @brief How many. */
    std::int64_t count = 0;

    friend bool operator==(day_count const&, day_count const&) = default;
};

/** @brief Reads a page of `/stargazers/history`: `[{week, total, days: [7 numbers]}, …]`, where
 *  `week` is the first day, as seconds since 1970, a date or an instant.
 *  @return The days, newest first.
 *  @par Errors  `errc::bad_response`; `detail` begins with the JSON pointer of the culprit.
 *  @par Source  GitHub's changelog of 2026-09-04. */
result<std::vector<day_count>> read_history(boost::json::value const& body);

/** @brief `[{date, count}, …]` */
boost::json::array history_json(std::vector<day_count> const& days);

}  // namespace conductor::workers::github
