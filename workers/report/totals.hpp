#pragma once

#include <report/community.hpp>
#include <report/markup.hpp>

#include <chrono>

namespace conductor::workers::report {

/** @brief How far back "lately" reaches. */
inline constexpr std::chrono::days lately{30};

/** @brief Activities of a kind on the last days of the data, today's being the last one.
 *  @param until  The last day. */
std::int64_t count_lately(community const& of, activity_kind kind, std::chrono::sys_days until);

/** @brief Activities of a kind in all repositories. */
std::int64_t count_of(community const& of, activity_kind kind);

/** @brief The few numbers that matter most, large. */
markup headline_numbers(community const& of);

/** @brief The numbers of each repository: a table, with the sums below. */
markup repository_totals(community const& of);

}  // namespace conductor::workers::report
