#include <report/page.hpp>

#include "some_community.hpp"

#include <gtest/gtest.h>

#include <map>
#include <vector>

namespace conductor::workers::report {
namespace {

using test::occurrences;

// The elements that are open at the end; empty for a page whose tags all match.
std::vector<std::string> left_open(std::string_view page) {
    std::vector<std::string> open;
    for (auto at = page.find('<'); at != std::string_view::npos; at = page.find('<', at + 1)) {
        auto const tag = page.substr(at + 1, page.find('>', at) - at - 1);
        auto const name = std::string{tag.substr(0, tag.find_first_of(" \n/", 1))};
        if (name.starts_with('/')) {
            if (open.empty() || open.back() != name.substr(1)) return {"unexpected " + name};
            open.pop_back();
        } else if (name != "meta" && name != "link" && name != "wbr" && name != "!DOCTYPE" &&
                   !tag.ends_with('/')) {
            open.push_back(name);
        }
    }
    return open;
}

TEST(PageTest, NamesTheRepositoriesTheSpanAndTheLastLoad) {
    auto const page = render_page(test::some_community());
    EXPECT_NE(page.find("<title>Community of a/one and b/two</title>"), std::string::npos);
    EXPECT_NE(page.find("<h1>Community of a/one and b/two</h1>"), std::string::npos);
    EXPECT_NE(page.find("Activity from <time>2026-11-01</time> to <time>2026-11-03</time>."),
              std::string::npos);
    EXPECT_NE(page.find("Loaded until <time>2026-11-04T00:00:05Z</time>."), std::string::npos);
}

TEST(PageTest, ManyRepositoriesAreNamedInBrief) {
    auto of = test::some_community();
    of.repositories.resize(5, {.name = "c/more"});
    of.shared_stars.assign(5, std::vector<std::int64_t>(5));
    EXPECT_NE(render_page(of).find("<h1>Community of a/one, b/two, c/more and 2 more</h1>"),
              std::string::npos);
}

TEST(PageTest, NeedsNothingBesideItAndRunsNothing) {
    auto const page = render_page(test::some_community());
    EXPECT_TRUE(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    EXPECT_NE(page.find("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\""),
              std::string::npos);
    for (std::string_view const none :
         {"<script", " src=", "@import", "url(", "onclick", "<iframe"}) {
        EXPECT_EQ(page.find(none), std::string::npos) << none;
    }
}

TEST(PageTest, AllTagsMatchAndNoIdIsThereTwice) {
    auto of = test::some_community();
    of.repositories[1].kinds[2] = {1, {{test::november(3), 1}}};
    of.newest_contributors = {of.newest[0]};
    auto const page = render_page(of);
    EXPECT_EQ(left_open(page), std::vector<std::string>{});
    std::map<std::string, int> ids;
    for (auto at = page.find(" id=\""); at != std::string::npos; at = page.find(" id=\"", at + 1))
        ++ids[page.substr(at + 5, page.find('"', at + 5) - at - 5)];
    EXPECT_GT(ids.size(), 20U);
    for (auto const& [id, count] : ids) EXPECT_EQ(count, 1) << id;
    for (auto at = page.find("href=\"#"); at != std::string::npos;
         at = page.find("href=\"#", at + 1)) {
        EXPECT_TRUE(ids.contains(page.substr(at + 7, page.find('"', at + 7) - at - 7)));
    }
}

TEST(PageTest, HeadingsDoNotSkipALevel) {
    auto const page = render_page(test::some_community());
    EXPECT_EQ(occurrences(page, "<h1>"), 1U);
    EXPECT_EQ(occurrences(page, "<h2 "), 6U);
    EXPECT_EQ(occurrences(page, "<h3"), 0U);
}

TEST(PageTest, OneRepositoryHasNoOverlap) {
    auto of = test::some_community();
    of.repositories.pop_back();
    of.newest.pop_back();
    of.newest[0].where = 0;
    auto const page = render_page(of);
    EXPECT_EQ(page.find("overlap"), std::string::npos);
    EXPECT_EQ(left_open(page), std::vector<std::string>{});
}

TEST(PageTest, AnEmptyDatabaseIsAReadablePage) {
    auto const page = render_page({});
    EXPECT_NE(page.find("<title>Community report</title>"), std::string::npos);
    EXPECT_NE(page.find("Nothing has been loaded yet."), std::string::npos);
    EXPECT_NE(page.find("holds no activity of a repository yet"), std::string::npos);
    EXPECT_EQ(page.find("<nav"), std::string::npos);
    EXPECT_EQ(left_open(page), std::vector<std::string>{});
}

TEST(PageTest, ARepositoryWithoutAnythingIsAReadablePage) {
    community of;
    of.repositories = {{.name = "a/b"}};
    of.shared_stars = {{0}};
    auto const page = render_page(of);
    EXPECT_NE(page.find("There is nobody yet."), std::string::npos);
    EXPECT_NE(page.find("The database has no stars that could be drawn."), std::string::npos);
    EXPECT_EQ(left_open(page), std::vector<std::string>{});
}

TEST(PageTest, SaysWhatIsLeftOut) {
    auto of = test::some_community();
    of.others = 1'200;
    of.undated = 3;
    auto const page = render_page(of);
    EXPECT_NE(page.find("Not shown: 1,200 activities"), std::string::npos);
    EXPECT_NE(page.find("3 have no readable date"), std::string::npos);
}

TEST(PageTest, HostileNamesStayText) {
    for (auto const name : test::hostile_names) {
        auto of = test::some_community();
        of.repositories[0].name = name;
        of.newest[0].who.name = name;
        of.newest[1].when = name;
        of.shared_people[0].who.name = name;
        of.loaded_until = name;
        auto const page = render_page(of);
        EXPECT_FALSE(test::holds_raw(page.substr(page.find("<body>")), name)) << name;
        EXPECT_EQ(left_open(page), std::vector<std::string>{}) << name;
        EXPECT_EQ(page.find("href=\"javascript"), std::string::npos);
    }
}

TEST(PageTest, TheSameCommunityGivesTheSameBytes) {
    EXPECT_EQ(render_page(test::some_community()), render_page(test::some_community()));
}

}  // namespace
}  // namespace conductor::workers::report
