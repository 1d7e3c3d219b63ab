#include <report/chart.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <utility>

namespace conductor::workers::report {
namespace {

void add(chart_series& to, kind_activity const& from, time_bins const& bins) {
    for (auto const& one : from.days) to.added[bins.index(one.day)] += one.count;
}

bool is_empty(chart_series const& one) {
    return std::ranges::all_of(one.added, [](std::int64_t count) { return count == 0; });
}

}  // namespace

std::string_view plural(activity_kind kind) {
    constexpr std::array<std::string_view, activity_kinds.size()> names{"stars", "forks",
                                                                        "contributors"};
    return names[static_cast<std::size_t>(kind)];
}

std::optional<std::pair<std::chrono::sys_days, std::chrono::sys_days>> span_of(
    community const& from) {
    std::optional<std::pair<std::chrono::sys_days, std::chrono::sys_days>> span;
    for (auto const& repository : from.repositories) {
        for (auto const& kind : repository.kinds) {
            if (kind.days.empty()) continue;
            auto const first = kind.days.front().day;
            auto const last = kind.days.back().day;
            if (!span) span = {first, last};
            span = {std::min(span->first, first), std::max(span->second, last)};
        }
    }
    return span;
}

chart make_chart(community const& from, activity_kind kind) {
    chart made{.counted = plural(kind)};
    auto const span = span_of(from);
    if (!span) return made;
    auto const bins = time_bins::covering(span->first, span->second);
    made.unit = bins.unit();
    for (std::size_t i = 0; i < bins.count(); ++i) made.labels.push_back(bins.label(i));

    auto const count = from.repositories.size();
    for (std::size_t i = 0; i < count; ++i) {
        // The last colour is for all that have none of their own.
        if (i <= chart_repositories_max) {
            made.series.push_back(
                {from.repositories[i].name, i, std::vector<std::int64_t>(bins.count())});
        }
        add(made.series.back(), from.repositories[i].of(kind), bins);
    }
    if (count > chart_repositories_max + 1)
        made.series.back().name = std::to_string(count - chart_repositories_max) + " others";
    std::erase_if(made.series, is_empty);
    return made;
}

std::vector<std::int64_t> running_totals(std::vector<std::int64_t> const& added) {
    std::vector<std::int64_t> totals(added.size());
    std::partial_sum(added.begin(), added.end(), totals.begin());
    return totals;
}

std::vector<std::int64_t> sums(chart const& of) {
    std::vector<std::int64_t> total(of.labels.size());
    for (auto const& one : of.series)
        std::ranges::transform(total, one.added, total.begin(), std::plus{});
    return total;
}

}  // namespace conductor::workers::report
