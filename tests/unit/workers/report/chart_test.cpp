#include <report/chart.hpp>

#include "some_community.hpp"

#include <gtest/gtest.h>

namespace conductor::workers::report {
namespace {

using numbers = std::vector<std::int64_t>;
using test::november;

TEST(ChartTest, CountsTheActivitiesOfEachBin) {
    auto const stars = make_chart(test::some_community(), activity_kind::star);
    EXPECT_EQ(stars.counted, "stars");
    EXPECT_EQ(stars.unit, "day");
    EXPECT_EQ(stars.labels, (std::vector<std::string>{"2026-11-01", "2026-11-02", "2026-11-03"}));
    EXPECT_EQ(stars.series,
              (std::vector<chart_series>{{"a/one", 0, {1, 0, 2}}, {"b/two", 1, {0, 0, 2}}}));
    EXPECT_EQ(sums(stars), (numbers{1, 0, 4}));
}

TEST(ChartTest, AllKindsHaveTheSameBinsAndColours) {
    auto from = test::some_community();
    from.repositories[1].kinds[1] = {1, {{november(3), 1}}};
    from.repositories[0].kinds[1] = {};
    auto const forks = make_chart(from, activity_kind::fork);
    EXPECT_EQ(forks.labels.size(), 3U);
    EXPECT_EQ(forks.series, (std::vector<chart_series>{{"b/two", 1, {0, 0, 1}}}));
}

TEST(ChartTest, IsEmptyWithoutAnyDay) {
    EXPECT_TRUE(make_chart({}, activity_kind::star).series.empty());
    EXPECT_TRUE(make_chart(test::some_community(), activity_kind::contributor).series.empty());
    EXPECT_EQ(span_of({}), std::nullopt);
}

TEST(ChartTest, SpansAllKindsAndRepositories) {
    EXPECT_EQ(span_of(test::some_community()), (std::pair{november(1), november(3)}));
}

community many_repositories(std::size_t count) {
    community made;
    for (std::size_t i = 0; i < count; ++i) {
        repository one{.name = "o/" + std::to_string(i)};
        one.kinds[0] = {1, {{november(1), 1}}};
        made.repositories.push_back(one);
    }
    return made;
}

TEST(ChartTest, AsManyRepositoriesAsThereAreColoursStandAlone) {
    auto const drawn = make_chart(many_repositories(8), activity_kind::star);
    ASSERT_EQ(drawn.series.size(), 8U);
    EXPECT_EQ(drawn.series.back().name, "o/7");
}

TEST(ChartTest, MoreRepositoriesThanColoursShareTheLastOne) {
    auto const drawn = make_chart(many_repositories(11), activity_kind::star);
    ASSERT_EQ(drawn.series.size(), 8U);
    EXPECT_EQ(drawn.series.back(), (chart_series{"4 others", 7, {4}}));
    EXPECT_EQ(sums(drawn), numbers{11});
}

TEST(ChartTest, RunningTotalsEndAtTheSum) {
    EXPECT_EQ(running_totals({1, 0, 2}), (numbers{1, 1, 3}));
    EXPECT_EQ(running_totals({}), numbers{});
}

}  // namespace
}  // namespace conductor::workers::report
