#include <report/people_tables.hpp>

#include "some_community.hpp"

#include <gtest/gtest.h>

namespace conductor::workers::report {
namespace {

using test::occurrences;

TEST(PeopleTablesTest, TellsWhoDidWhatWhereAndWhen) {
    auto const text = newest_people(test::some_community()).str();
    auto const ann = text.find(R"(<a href="https://github.com/ann"><bdi>ann</bdi></a></th>)");
    auto const bob = text.find(R"(<a href="https://github.com/bob">)");
    ASSERT_NE(ann, std::string::npos) << text;
    EXPECT_LT(ann, bob);
    auto const row = text.substr(ann, text.find("</tr>", ann) - ann);
    EXPECT_NE(row.find("<td>starred</td>"), std::string::npos) << row;
    EXPECT_NE(row.find(R"(<a href="https://github.com/b/two">)"), std::string::npos) << row;
    EXPECT_NE(row.find(R"(<time datetime="2026-11-03T09:05:00Z">2026-11-03 09:05</time>)"),
              std::string::npos)
        << row;
    EXPECT_NE(text.find("<td>forked</td>"), std::string::npos);
}

TEST(PeopleTablesTest, ATimeThatIsNoneIsShownAsText) {
    auto of = test::some_community();
    of.newest[0].when = "<b>yesterday</b>";
    auto const text = newest_people(of).str();
    EXPECT_NE(text.find("<td>&lt;b&gt;yesterday&lt;/b&gt;</td>"), std::string::npos) << text;
}

TEST(PeopleTablesTest, ContributorsAreKnownSinceTheirLoad) {
    auto of = test::some_community();
    of.newest_contributors = {
        {{"cat", true}, activity_kind::contributor, "2026-11-04T00:00:00Z", 0}};
    auto const text = newest_contributors(of).str();
    EXPECT_NE(text.find("Known since (UTC)"), std::string::npos);
    EXPECT_NE(text.find("github.com/cat"), std::string::npos);
    EXPECT_NE(text.find("2026-11-04 00:00</time>"), std::string::npos);
}

TEST(PeopleTablesTest, ListsTheRepositoriesOfWhoStarredSeveral) {
    auto const text = shared_people(test::some_community()).str();
    EXPECT_NE(text.find(R"(<td class="number">2</td>)"), std::string::npos) << text;
    EXPECT_LT(text.find("github.com/a/one"), text.find("github.com/b/two"));
    EXPECT_NE(text.find("more than one repository</caption>"), std::string::npos);
}

TEST(PeopleTablesTest, SaysWhenTheListIsCut) {
    auto of = test::some_community();
    of.shared_people_count = 1'234;
    EXPECT_NE(shared_people(of).str().find("(1 of 1,234)</caption>"), std::string::npos);
}

TEST(PeopleTablesTest, HostileNamesAreTextAndNoLinks) {
    auto of = test::some_community();
    for (auto const name : test::hostile_names) {
        for (auto* const one : {&of.newest[0].who, &of.shared_people[0].who}) one->name = name;
        of.newest_contributors = {of.newest[0]};
        auto const text =
            newest_people(of).str() + newest_contributors(of).str() + shared_people(of).str();
        EXPECT_FALSE(test::holds_raw(text, name)) << name;
        EXPECT_EQ(occurrences(text, "href=\""), occurrences(text, "href=\"https://github.com/"));
    }
}

}  // namespace
}  // namespace conductor::workers::report
