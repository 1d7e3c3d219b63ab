#include <report/chart_table.hpp>

#include "some_community.hpp"

#include <gtest/gtest.h>

namespace conductor::workers::report {
namespace {

using test::occurrences;

TEST(ChartTableTest, TellsTheNumbersOfEachBinAndSeries) {
    auto const text = chart_table(make_chart(test::some_community(), activity_kind::star)).str();
    EXPECT_TRUE(text.starts_with("<details><summary>")) << text;
    EXPECT_NE(text.find("New and all stars by day</caption>"), std::string::npos);
    EXPECT_EQ(occurrences(text, R"(<th scope="row">)"), 3U);
    EXPECT_EQ(occurrences(text, R"(<th scope="colgroup" colspan="2">)"), 2U);
    EXPECT_NE(text.find(R"(<tr><th scope="row">2026-11-03</th><td class="number">2</td>)"
                        R"(<td class="number">3</td><td class="number">2</td>)"
                        R"(<td class="number">2</td></tr>)"),
              std::string::npos)
        << text;
}

TEST(ChartTableTest, NamesAreEscaped) {
    auto from = test::some_community();
    for (auto const name : test::hostile_names) {
        from.repositories[0].name = name;
        auto const text = chart_table(make_chart(from, activity_kind::star)).str();
        EXPECT_FALSE(test::holds_raw(text, name)) << name;
    }
}

}  // namespace
}  // namespace conductor::workers::report
