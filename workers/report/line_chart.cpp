#include <report/line_chart.hpp>

#include <report/chart_frame.hpp>

#include <algorithm>

namespace conductor::workers::report {
namespace {

using counts = std::vector<std::int64_t>;

constexpr std::size_t points_max = 40;  // more of them hide the line

markup line(chart_frame const& frame, counts const& totals) {
    markup made;
    for (std::size_t bin = 0; bin < totals.size(); ++bin)
        made.raw(bin == 0 ? "M" : "L").place(frame.x(bin)).raw(" ").place(frame.y(totals[bin]));
    return made;
}

markup area(chart_frame const& frame, counts const& totals) {
    markup made{R"(<path class="area c0" d=")"};
    made.add(line(frame, totals)).raw("V").place(frame.y(0)).raw("H").place(frame.x(0));
    return made.raw(R"(Z"/>)");
}

markup points(chart_frame const& frame, chart_series const& one, counts const& totals) {
    markup made;
    for (std::size_t bin = 0; bin < totals.size(); ++bin) {
        made.raw(R"(<circle class="fill c)")
            .raw(std::to_string(one.colour))
            .raw(R"(" cx=")")
            .place(frame.x(bin))
            .raw(R"(" cy=")")
            .place(frame.y(totals[bin]))
            .raw(R"(" r="2.5"/>)");
    }
    return made;
}

}  // namespace

markup line_chart(chart const& of) {
    std::vector<counts> totals;
    std::int64_t largest = 0;
    for (auto const& one : of.series) {
        totals.push_back(running_totals(one.added));
        largest = std::max(largest, totals.back().back());
    }
    chart_frame const frame{of, drawing::total, largest};
    markup marks;
    if (of.series.size() == 1 && of.series.front().colour == 0)
        marks.add(area(frame, totals.front()));
    for (std::size_t i = 0; i < of.series.size(); ++i) {
        marks.raw(R"(<path class="line c)").raw(std::to_string(of.series[i].colour));
        marks.raw(R"(" d=")").add(line(frame, totals[i])).raw(R"("/>)");
        if (of.labels.size() <= points_max) marks.add(points(frame, of.series[i], totals[i]));
    }
    return frame.drawn(marks, totals);
}

}  // namespace conductor::workers::report
