#include <report/chart_frame.hpp>

#include <report/axis.hpp>

#include <algorithm>
#include <numeric>

namespace conductor::workers::report {
namespace {

constexpr double width = 640;
constexpr double height = 300;
constexpr double left = 62;
constexpr double right = 20;
constexpr double top = 12;
constexpr double bottom = 48;
constexpr double plot_width = width - left - right;
constexpr double plot_height = height - top - bottom;
constexpr std::size_t time_labels_max = 6;

std::string capital(std::string text) {
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text;
}

// What one bin, or the end of the chart, comes to for each series: "a/b 12, c/d 3".
markup listed(chart const& of, std::vector<std::vector<std::int64_t>> const& values,
              std::size_t bin) {
    markup made;
    for (std::size_t i = 0; i < of.series.size(); ++i)
        made.raw(i == 0 ? "" : ", ").text(of.series[i].name).raw(" ").count(values[i][bin]);
    return made;
}

}  // namespace

chart_frame::chart_frame(chart const& of, drawing which, std::int64_t largest)
    : of_(&of), which_(which), ticks_(axis_ticks(largest)) {}

double chart_frame::bin_width() const {
    return plot_width / static_cast<double>(of_->labels.size());
}

double chart_frame::x(std::size_t bin) const {
    return left + (static_cast<double>(bin) + 0.5) * bin_width();
}

double chart_frame::y(std::int64_t value) const {
    auto const share = static_cast<double>(value) / static_cast<double>(ticks_.back());
    return top + plot_height * (1 - share);
}

std::string chart_frame::title() const {
    std::string const counted{of_->counted};
    return which_ == drawing::total ? capital(counted) + " in all"
                                    : "New " + counted + " in each " + of_->unit;
}

markup chart_frame::description(std::vector<std::vector<std::int64_t>> const& values) const {
    markup made{which_ == drawing::total ? "Line chart" : "Bar chart"};
    made.raw(" from ").text(of_->labels.front()).raw(" to ").text(of_->labels.back());
    auto const last = of_->labels.size() - 1;
    if (which_ == drawing::total)
        return made.raw(". At its end: ").add(listed(*of_, values, last)).raw(".");
    auto const total = sums(*of_);
    auto const most = std::ranges::max_element(total);
    auto const bin = static_cast<std::size_t>(most - total.begin());
    return made.raw(". Most in ").text(of_->labels[bin]).raw(": ").count(*most).raw(".");
}

markup chart_frame::value_axis() const {
    markup made{R"(<g class="axis">)"};
    for (auto const tick : ticks_) {
        made.raw(tick == 0 ? R"(<path class="base" d="M)" : R"(<path class="grid" d="M)")
            .place(left)
            .raw(" ")
            .place(y(tick))
            .raw("H")
            .place(width - right)
            .raw(R"("/><text class="value" x=")")
            .place(left - 8)
            .raw(R"(" y=")")
            .place(y(tick) + 4)
            .raw(R"(">)")
            .count(tick)
            .raw("</text>");
    }
    made.raw(R"(<text class="name" transform="translate(12 )")
        .place(top + plot_height / 2)
        .raw(R"lit() rotate(-90)">)lit");
    return made.text(capital(std::string{of_->counted})).raw("</text></g>");
}

markup chart_frame::time_axis() const {
    markup made{R"(<g class="axis">)"};
    for (auto const bin : labelled_positions(of_->labels.size(), time_labels_max)) {
        made.raw(R"(<path class="tick" d="M)")
            .place(x(bin))
            .raw(" ")
            .place(y(0))
            .raw(R"(v5"/><text class="time" x=")")
            .place(x(bin))
            .raw(R"(" y=")")
            .place(y(0) + 19)
            .raw(R"(">)")
            .text(of_->labels[bin])
            .raw("</text>");
    }
    made.raw(R"(<text class="name" x=")")
        .place(left + plot_width / 2)
        .raw(R"(" y=")")
        .place(height - 8)
        .raw(R"(">)");
    return made.text(capital(of_->unit)).raw(of_->unit == "week" ? " from" : "").raw("</text></g>");
}

markup chart_frame::fields(std::vector<std::vector<std::int64_t>> const& values) const {
    markup made{R"(<g class="fields">)"};
    for (std::size_t bin = 0; bin < of_->labels.size(); ++bin) {
        made.raw(R"(<rect x=")")
            .place(x(bin) - bin_width() / 2)
            .raw(R"(" y=")")
            .place(top)
            .raw(R"(" width=")")
            .place(bin_width())
            .raw(R"(" height=")")
            .place(plot_height)
            .raw(R"("><title>)")
            .text(of_->labels[bin])
            .raw(": ")
            .add(listed(*of_, values, bin))
            .raw("</title></rect>");
    }
    return made.raw("</g>");
}

markup chart_frame::drawn(markup const& marks,
                          std::vector<std::vector<std::int64_t>> const& values) const {
    std::string const id =
        std::string{of_->counted} + (which_ == drawing::total ? "-total" : "-added");
    markup made{R"(<svg viewBox="0 0 )"};
    made.place(width).raw(" ").place(height).raw(R"(" role="img" aria-labelledby=")");
    made.raw(id).raw("-title ").raw(id).raw("-text\"><title id=\"").raw(id).raw("-title\">");
    made.text(title()).raw("</title><desc id=\"").raw(id).raw("-text\">").add(description(values));
    made.raw("</desc>").add(value_axis()).add(time_axis()).add(marks);
    return made.add(fields(values)).raw("</svg>\n");
}

markup legend(chart const& of) {
    markup made{"<ul class=\"legend\">"};
    for (auto const& one : of.series) {
        auto const colour = std::to_string(one.colour);
        made.raw(R"(<li><svg viewBox="0 0 28 12" aria-hidden="true"><path class="line c)")
            .raw(colour)
            .raw(R"(" d="M1 6H27"/></svg><bdi>)")
            .text(one.name)
            .raw("</bdi></li>");
    }
    return made.raw("</ul>\n");
}

}  // namespace conductor::workers::report
