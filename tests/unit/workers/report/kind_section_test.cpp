#include <report/kind_section.hpp>

#include "some_community.hpp"

#include <gtest/gtest.h>

namespace conductor::workers::report {
namespace {

using test::occurrences;

TEST(KindSectionTest, HasBothChartsTheLegendAndTheNumbers) {
    auto const text = kind_section(test::some_community(), activity_kind::star).str();
    EXPECT_TRUE(text.starts_with("<section aria-labelledby=\"stars\"><h2 id=\"stars\">Stars over"))
        << text;
    EXPECT_EQ(occurrences(text, "role=\"img\""), 2U);
    EXPECT_EQ(occurrences(text, "<figure>"), 2U);
    EXPECT_EQ(occurrences(text, "class=\"legend\""), 1U);
    EXPECT_EQ(occurrences(text, "<details>"), 1U);
    EXPECT_EQ(text.find("no date"), std::string::npos);
}

TEST(KindSectionTest, SaysThatThereIsNothingToDraw) {
    auto const text = kind_section(test::some_community(), activity_kind::contributor).str();
    EXPECT_NE(text.find("The database has no contributors that could be drawn."),
              std::string::npos);
    EXPECT_EQ(text.find("<svg"), std::string::npos);
}

TEST(KindSectionTest, SaysThatContributorsHaveNoDate) {
    auto of = test::some_community();
    of.repositories[0].kinds[2] = {1, {{test::november(3), 1}}};
    auto const text = kind_section(of, activity_kind::contributor).str();
    EXPECT_NE(text.find("GitHub does not say when somebody became a contributor"),
              std::string::npos);
}

}  // namespace
}  // namespace conductor::workers::report
