#include <report/totals.hpp>

#include "some_community.hpp"

#include <gtest/gtest.h>

namespace conductor::workers::report {
namespace {

using test::november;

TEST(TotalsTest, CountsTheLastThirtyDays) {
    auto of = test::some_community();
    auto const last = november(1) + lately;
    EXPECT_EQ(count_lately(of, activity_kind::star, november(3)), 5);
    EXPECT_EQ(count_lately(of, activity_kind::star, last), 4);
    EXPECT_EQ(count_lately(of, activity_kind::star, november(2)), 1);
    EXPECT_EQ(count_lately(of, activity_kind::contributor, last), 0);
}

TEST(TotalsTest, HeadlinesTellAllAndWhatCameLately) {
    auto const text = headline_numbers(test::some_community()).str();
    EXPECT_NE(text.find("<dt>People</dt><dd><span class=\"large\">5</span>"), std::string::npos);
    EXPECT_NE(text.find("in 2 repositories"), std::string::npos) << text;
    EXPECT_NE(text.find("<dt>Stars</dt><dd><span class=\"large\">5</span> "
                        "<span class=\"note\">+5 in the last 30 days"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("<dt>Starred more than one</dt><dd><span class=\"large\">1</span> "
                        "<span class=\"note\">20 % of the people"),
              std::string::npos)
        << text;
}

TEST(TotalsTest, OneRepositoryIsNotComparedWithItself) {
    auto of = test::some_community();
    of.repositories.pop_back();
    EXPECT_EQ(headline_numbers(of).str().find("more than one"), std::string::npos);
    EXPECT_EQ(repository_totals(of).str().find("<tfoot>"), std::string::npos);
}

TEST(TotalsTest, TheTableHasARowForEachRepositoryAndTheSums) {
    auto const text = repository_totals(test::some_community()).str();
    EXPECT_NE(text.find("a/one</bdi></a></th><td class=\"number\">3</td><td class=\"number\">1</td>"
                        "<td class=\"number\">0</td><td class=\"number\">4</td></tr>"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("<td class=\"number\">5</td><td class=\"number\">1</td>"
                        "<td class=\"number\">0</td><td class=\"number\">5</td></tr></tfoot>"),
              std::string::npos)
        << text;
}

TEST(TotalsTest, NamesAreEscaped) {
    auto of = test::some_community();
    for (auto const name : test::hostile_names) {
        of.repositories[0].name = name;
        EXPECT_FALSE(test::holds_raw(repository_totals(of).str(), name)) << name;
    }
}

}  // namespace
}  // namespace conductor::workers::report
