#include <report/kind_section.hpp>

#include <report/bar_chart.hpp>
#include <report/chart.hpp>
#include <report/chart_frame.hpp>
#include <report/chart_table.hpp>
#include <report/line_chart.hpp>

#include <string_view>

namespace conductor::workers::report {
namespace {

std::string_view heading(activity_kind kind) {
    switch (kind) {
        case activity_kind::star: return "Stars over time";
        case activity_kind::fork: return "Forks over time";
        default: return "Contributors over time";
    }
}

constexpr std::string_view contributors_have_no_date =
    "<p class=\"note\">GitHub does not say when somebody became a contributor. Each stands at the "
    "end of the window in which they were first loaded: the jump of a first load is no growth."
    "</p>\n";

// One drawing with its heading, in a field that scrolls on a narrow screen.
markup figure(markup const& caption, markup const& drawing) {
    markup made{"<figure><figcaption>"};
    made.add(caption).raw(R"(</figcaption><div class="scroll drawing" role="group" tabindex="0" )");
    made.raw(R"(aria-label="Drawing: )").add(caption).raw(R"(">)").add(drawing);
    return made.raw("</div></figure>\n");
}

markup charts(chart const& of) {
    markup const all = markup{"All "}.raw(of.counted);
    markup const added = markup{"New "}.raw(of.counted).raw(" by ").raw(of.unit);
    return markup{"<div class=\"pair\">\n"}
        .add(figure(all, line_chart(of)))
        .add(figure(added, bar_chart(of)))
        .raw("</div>\n")
        .add(legend(of))
        .add(chart_table(of));
}

}  // namespace

markup kind_section(community const& of, activity_kind kind) {
    chart const drawn = make_chart(of, kind);
    std::string_view const id = plural(kind);
    markup made{"<section aria-labelledby=\""};
    made.raw(id).raw("\"><h2 id=\"").raw(id).raw("\">").raw(heading(kind)).raw("</h2>\n");
    if (drawn.series.empty()) {
        made.raw("<p>The database has no ").raw(id).raw(" that could be drawn.</p>\n");
        return made.raw("</section>\n");
    }
    if (kind == activity_kind::contributor) made.raw(contributors_have_no_date);
    return made.add(charts(drawn)).raw("</section>\n");
}

}  // namespace conductor::workers::report
