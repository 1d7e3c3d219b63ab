#include <report/bar_chart.hpp>

#include <report/chart_frame.hpp>

#include <algorithm>

namespace conductor::workers::report {
namespace {

using counts = std::vector<std::int64_t>;

constexpr double bar_share = 0.78;  // of a bin's width
constexpr double bar_width_max = 48;

// The bars of one series as a single path. `below` is the height that the bars before it reached.
markup bars(chart_frame const& frame, chart_series const& one, counts& below) {
    double const width = std::min(frame.bin_width() * bar_share, bar_width_max);
    markup made{R"(<path class="fill c)"};
    made.raw(std::to_string(one.colour)).raw(R"(" d=")");
    for (std::size_t bin = 0; bin < one.added.size(); ++bin) {
        if (one.added[bin] == 0) continue;
        auto const above = below[bin] + one.added[bin];
        made.raw("M").place(frame.x(bin) - width / 2).raw(" ").place(frame.y(below[bin]));
        made.raw("V").place(frame.y(above)).raw("h").place(width);
        made.raw("V").place(frame.y(below[bin])).raw("Z");
        below[bin] = above;
    }
    return made.raw(R"("/>)");
}

}  // namespace

markup bar_chart(chart const& of) {
    chart_frame const frame{of, drawing::added, std::ranges::max(sums(of))};
    markup marks;
    counts below(of.labels.size());
    std::vector<counts> values;
    for (auto const& one : of.series) {
        marks.add(bars(frame, one, below));
        values.push_back(one.added);
    }
    return frame.drawn(marks, values);
}

}  // namespace conductor::workers::report
