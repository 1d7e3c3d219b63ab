#pragma once

#include <report/community.hpp>
#include <report/time_bins.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::workers::report {

/** @brief The most repositories that a chart tells apart; what is beyond them is one more series.
 */
inline constexpr std::size_t chart_repositories_max = 7;

/** @brief One repository, or all the others together, over the bins of a chart. */
struct chart_series {
    /** @brief The repository, or `3 others`. */
    std::string name{};
    /** @brief The number of its colour and dashes, 0 to `chart_repositories_max`: the same one in
     *  all charts. */
    std::size_t colour = 0;
    /** @brief How many activities fall into each bin. */
    std::vector<std::int64_t> added{};

    friend bool operator==(chart_series const&, chart_series const&) = default;
};

/** @brief What a chart shows of one kind of activity. */
struct chart {
    /** @brief What is counted: `stars`, `forks`, `contributors`. */
    std::string_view counted{};
    /** @brief What a bin is: `day`, `week`, `month`, … */
    std::string unit{};
    /** @brief What stands for each bin. */
    std::vector<std::string> labels{};
    /** @brief The series that have anything; those with the most stars first. */
    std::vector<chart_series> series{};
};

/** @brief What a kind is called on the page, in the plural: `stars`, `forks`, `contributors`. */
std::string_view plural(activity_kind kind);

/** @brief The days from the first activity to the last one; none when no activity has a day. */
std::optional<std::pair<std::chrono::sys_days, std::chrono::sys_days>> span_of(
    community const& from);

/** @brief The chart of one kind; all kinds have the same bins. Without any activity that has a day
 *  it has no series. */
chart make_chart(community const& from, activity_kind kind);

/** @brief The sums of a row of counts from its beginning up to each place. */
std::vector<std::int64_t> running_totals(std::vector<std::int64_t> const& added);

/** @brief The sums of all series, bin by bin. */
std::vector<std::int64_t> sums(chart const& of);

}  // namespace conductor::workers::report
