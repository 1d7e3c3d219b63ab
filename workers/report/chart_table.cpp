#include <report/chart_table.hpp>

#include <report/scrolling_table.hpp>

namespace conductor::workers::report {
namespace {

markup head(chart const& of) {
    markup made{R"(<thead><tr><th scope="col" rowspan="2">)"};
    made.text(of.unit == "week" ? "week from" : of.unit).raw("</th>");
    for (auto const& one : of.series)
        made.raw(R"(<th scope="colgroup" colspan="2"><bdi>)").text(one.name).raw("</bdi></th>");
    made.raw("</tr><tr>");
    for (std::size_t i = 0; i < of.series.size(); ++i) {
        made.raw(
            R"(<th scope="col" class="number">new</th><th scope="col" class="number">in all</th>)");
    }
    return made.raw("</tr></thead>\n");
}

}  // namespace

markup chart_table(chart const& of) {
    std::vector<std::vector<std::int64_t>> totals;
    for (auto const& one : of.series) totals.push_back(running_totals(one.added));
    markup rows{"<tbody>"};
    for (std::size_t bin = 0; bin < of.labels.size(); ++bin) {
        rows.raw(R"(<tr><th scope="row">)").text(of.labels[bin]).raw("</th>");
        for (std::size_t i = 0; i < of.series.size(); ++i) {
            rows.raw(R"(<td class="number">)").count(of.series[i].added[bin]);
            rows.raw(R"(</td><td class="number">)").count(totals[i][bin]).raw("</td>");
        }
        rows.raw("</tr>\n");
    }
    std::string const counted{of.counted};
    scrolling_table table{.id = counted + "-numbers",
                          .caption = markup{"New and all "}.text(counted).raw(" by ").text(of.unit),
                          .body = head(of).add(rows).raw("</tbody>")};
    return markup{"<details><summary>The numbers of these charts</summary>\n"}
        .add(table.drawn())
        .raw("</details>\n");
}

}  // namespace conductor::workers::report
