#include <report/bar_chart.hpp>

#include "some_community.hpp"

#include <gtest/gtest.h>

namespace conductor::workers::report {
namespace {

using test::occurrences;

std::string drawn_bars(community const& from) {
    return bar_chart(make_chart(from, activity_kind::star)).str();
}

// The bars of a series: each begins with an M.
std::size_t bars(std::string const& text, std::string const& colour) {
    auto const begin = text.find("<path class=\"fill " + colour);
    return occurrences(text.substr(begin, text.find("/>", begin) - begin), "M");
}

TEST(BarChartTest, HasABarForEachBinThatHasAnything) {
    auto const text = drawn_bars(test::some_community());
    EXPECT_EQ(occurrences(text, R"(<path class="fill c)"), 2U);
    EXPECT_EQ(bars(text, "c0"), 2U);
    EXPECT_EQ(bars(text, "c1"), 1U);
}

TEST(BarChartTest, BarsStandOnOneAnother) {
    community from;
    from.repositories = {{.name = "a/b"}, {.name = "c/d"}};
    for (auto& one : from.repositories) one.kinds[0] = {2, {{test::november(1), 2}}};
    auto const text = drawn_bars(from);
    // Two of four ticks each: from the base (252) to the middle (132), and from there to the top.
    EXPECT_NE(text.find(R"(class="fill c0" d="M317 252V132h48V252Z")"), std::string::npos) << text;
    EXPECT_NE(text.find(R"(class="fill c1" d="M317 132V12h48V132Z")"), std::string::npos) << text;
}

}  // namespace
}  // namespace conductor::workers::report
