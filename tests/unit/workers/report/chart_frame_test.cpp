#include <report/chart_frame.hpp>

#include "some_community.hpp"

#include <gtest/gtest.h>

namespace conductor::workers::report {
namespace {

using test::occurrences;

chart stars() { return make_chart(test::some_community(), activity_kind::star); }

std::string drawn(chart const& of, drawing which) {
    std::vector<std::vector<std::int64_t>> values;
    for (auto const& one : of.series) values.push_back(one.added);
    return chart_frame{of, which, 2}.drawn(markup{"<marks/>"}, values).str();
}

TEST(ChartFrameTest, PlacesBinsFromLeftToRightAndValuesFromBelow) {
    auto const of = stars();
    chart_frame const frame{of, drawing::total, 4};
    EXPECT_LT(frame.x(0), frame.x(1));
    EXPECT_DOUBLE_EQ(frame.x(1) - frame.x(0), frame.bin_width());
    EXPECT_GT(frame.y(0), frame.y(1));
    EXPECT_DOUBLE_EQ(frame.y(0) - frame.y(2), (frame.y(0) - frame.y(4)) / 2);
}

TEST(ChartFrameTest, HasANameADescriptionAndLabelledAxes) {
    auto const of = stars();
    auto const text = drawn(of, drawing::total);
    EXPECT_NE(text.find(R"(role="img" aria-labelledby="stars-total-title stars-total-text")"),
              std::string::npos);
    EXPECT_NE(text.find(R"(<title id="stars-total-title">Stars in all</title>)"),
              std::string::npos);
    EXPECT_NE(text.find("Line chart from 2026-11-01 to 2026-11-03. At its end: a/one 2, b/two 2."),
              std::string::npos)
        << text;
    EXPECT_NE(text.find(">Stars</text>"), std::string::npos);
    EXPECT_NE(text.find(">Day</text>"), std::string::npos);
    EXPECT_EQ(occurrences(text, R"(class="value")"), 3U);
    EXPECT_EQ(occurrences(text, R"(class="time")"), 3U);
    EXPECT_NE(text.find("<marks/>"), std::string::npos);
}

TEST(ChartFrameTest, TheTwoDrawingsOfAChartShareNoId) {
    auto const of = stars();
    auto const text = drawn(of, drawing::added);
    EXPECT_EQ(text.find("stars-total"), std::string::npos);
    EXPECT_NE(text.find("New stars in each day</title>"), std::string::npos);
    EXPECT_NE(text.find("Most in 2026-11-03: 4."), std::string::npos) << text;
}

TEST(ChartFrameTest, EachBinTellsItsValues) {
    auto const of = stars();
    auto const text = drawn(of, drawing::added);
    EXPECT_EQ(occurrences(text, "<rect "), 3U);
    EXPECT_NE(text.find("<title>2026-11-03: a/one 2, b/two 2</title>"), std::string::npos) << text;
}

TEST(ChartFrameTest, NamesAreEscaped) {
    for (auto const name : test::hostile_names) {
        auto of = stars();
        of.series[0].name = name;
        auto const text = drawn(of, drawing::total) + legend(of).str();
        EXPECT_FALSE(test::holds_raw(text, name)) << name;
    }
}

TEST(ChartFrameTest, TheLegendNamesEachSeriesBesideItsColour) {
    auto const text = legend(stars()).str();
    EXPECT_EQ(occurrences(text, "<li>"), 2U);
    EXPECT_LT(text.find("line c0"), text.find("a/one"));
    EXPECT_LT(text.find("line c1"), text.find("b/two"));
}

}  // namespace
}  // namespace conductor::workers::report
