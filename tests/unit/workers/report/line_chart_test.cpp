#include <report/line_chart.hpp>

#include "some_community.hpp"

#include <gtest/gtest.h>

namespace conductor::workers::report {
namespace {

using test::occurrences;

std::string drawn_lines(community const& from) {
    return line_chart(make_chart(from, activity_kind::star)).str();
}

TEST(LineChartTest, HasALineForEachSeriesUpToItsTotal) {
    auto const text = drawn_lines(test::some_community());
    EXPECT_EQ(occurrences(text, R"(<path class="line c)"), 2U);
    EXPECT_NE(text.find("At its end: a/one 3, b/two 2."), std::string::npos) << text;
    EXPECT_EQ(occurrences(text, R"(class="area)"), 0U);
}

TEST(LineChartTest, OneLineHasAnAreaBelow) {
    auto from = test::some_community();
    from.repositories.pop_back();
    auto const text = drawn_lines(from);
    EXPECT_EQ(occurrences(text, R"(class="area c0")"), 1U);
    EXPECT_EQ(occurrences(text, R"(<path class="line c0")"), 1U);
}

TEST(LineChartTest, PointsAreMarkedWhileThereAreFew) {
    auto from = test::some_community();
    EXPECT_EQ(occurrences(drawn_lines(from), "<circle "), 6U);
    from.repositories[0].kinds[0].days.back().day += std::chrono::days{100};
    EXPECT_EQ(occurrences(drawn_lines(from), "<circle "), 0U);
}

TEST(LineChartTest, TheHighestPointIsTheTopOfTheAxis) {
    community from;
    from.repositories = {{.name = "a/b"}};
    from.repositories[0].kinds[0] = {5, {{test::november(1), 5}}};
    // One bin: the line is a point in the middle, at the height of the tick 5.
    auto const text = drawn_lines(from);
    EXPECT_NE(text.find(R"(<circle class="fill c0" cx="341" cy="12")"), std::string::npos) << text;
}

TEST(LineChartTest, StaysSmallOverManyYears) {
    auto from = test::some_community();
    auto& days = from.repositories[0].kinds[0].days;
    days.clear();
    for (int i = 0; i < 4'000; ++i) days.push_back({test::november(1) + std::chrono::days{i}, 1});
    EXPECT_LT(drawn_lines(from).size(), 40'000U);
}

}  // namespace
}  // namespace conductor::workers::report
