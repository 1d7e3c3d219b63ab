#include <github_fetch/event_rows.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <gtest/gtest.h>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;
using std::chrono::days;
using std::chrono::hours;

// Day 7 is the first of a week, which makes the counts below easy to read.
instant day(int number, int hour = 0) { return instant{days{number}} + hours{hour}; }

json::object star_event(std::int64_t person, instant at) {
    return {{"type", "WatchEvent"},
            {"created_at", format_instant(at)},
            {"actor", {{"id", person}, {"login", "p"}}},
            {"repo", {{"id", 77}}},
            {"payload", {{"action", "started"}}}};
}

github_answer page(json::array events, bool goes_on = false) {
    github_answer made{std::move(events)};
    if (goes_on) made.links = {.next = 2, .last = 3};
    return made;
}

github_answer week(std::vector<std::int64_t> const& counts, int first_day = 7) {
    json::array numbers(counts.begin(), counts.end());
    github_answer made{
        json::array{json::object{{"week", first_day * 86400}, {"days", std::move(numbers)}}}};
    made.at = day(first_day + 6);
    return made;
}

endpoint asks_for(event_rows const& source) {
    auto const steps = source.next(4);
    return steps.empty() ? endpoint::repository : steps.front().where;
}

std::size_t rows_of(outcome<source_page> const& taken) {
    return taken.has_value() ? taken->rows.size() : 99;
}

TEST(EventRowsTest, AreCompleteWhenTheCountsShowNoMore) {
    event_rows source{row_kind::star, day(9, 6)};
    EXPECT_EQ(rows_of(source.take(page({star_event(1, day(11)), star_event(2, day(10)),
                                        star_event(3, day(9, 3)), star_event(4, day(8, 20))}))),
              2u);
    ASSERT_EQ(asks_for(source), endpoint::history);
    // Day 9 is known as a whole: the feed reaches back to day 8.
    ASSERT_TRUE(source.take(week({50, 60, 1, 1, 1, 0, 0})));
    EXPECT_EQ(asks_for(source), endpoint::repository);
    EXPECT_EQ(source.doubt(), "");
}

TEST(EventRowsTest, AreNotCompleteWhenTheCountsShowMore) {
    event_rows source{row_kind::star, day(9, 6)};
    ASSERT_TRUE(source.take(page({star_event(1, day(11)), star_event(4, day(8, 20))})));
    ASSERT_TRUE(source.take(week({50, 60, 0, 1, 1, 0, 0})));
    EXPECT_EQ(source.doubt(), "history_mismatch");
}

TEST(EventRowsTest, CompareOnlyDaysThatTheFeedHasWhole) {
    event_rows source{row_kind::star, day(9, 6)};
    ASSERT_TRUE(source.take(page({star_event(1, day(10)), star_event(4, day(9, 2))})));
    ASSERT_TRUE(source.take(week({50, 60, 70, 1, 0, 0, 0})));
    EXPECT_EQ(source.doubt(), "");
}

TEST(EventRowsTest, AreDoubtfulWhenNoWholeDayCanBeCompared) {
    event_rows source{row_kind::star, day(13, 6)};
    ASSERT_TRUE(source.take(page({star_event(1, day(13, 9)), star_event(4, day(13, 2))})));
    ASSERT_TRUE(source.take(week({0, 0, 0, 0, 0, 0, 5})));
    EXPECT_EQ(source.doubt(), "events_unverified");
}

TEST(EventRowsTest, CountAPersonWhoStarredTwiceOnce) {
    event_rows source{row_kind::star, day(9)};
    ASSERT_TRUE(
        source.take(page({star_event(1, day(11)), star_event(1, day(10)), star_event(4, day(8))})));
    ASSERT_TRUE(source.take(week({0, 0, 0, 1, 1, 0, 0})));
    EXPECT_EQ(source.doubt(), "history_mismatch");
}

TEST(EventRowsTest, ReadPagesUntilTheFeedReachesBack) {
    event_rows source{row_kind::star, day(9)};
    ASSERT_TRUE(source.take(page({star_event(1, day(11))}, true)));
    EXPECT_EQ(source.next(4), (std::vector{fetch_step{.where = endpoint::events, .page = 2}}));
    ASSERT_TRUE(source.take(page({star_event(2, day(8))}, true)));
    EXPECT_EQ(asks_for(source), endpoint::history);
}

TEST(EventRowsTest, AreDoubtfulWhenTheFeedDoesNotReachBack) {
    event_rows source{row_kind::star, day(9)};
    ASSERT_TRUE(source.take(page({star_event(1, day(11)), star_event(2, day(10))})));
    EXPECT_EQ(asks_for(source), endpoint::repository);
    EXPECT_EQ(source.doubt(), "events_window");
    event_rows empty{row_kind::star, day(9)};
    ASSERT_TRUE(empty.take(page({})));
    EXPECT_EQ(empty.doubt(), "events_window");
}

TEST(EventRowsTest, AreDoubtfulWithoutAWindow) {
    event_rows source{row_kind::star, std::nullopt};
    EXPECT_EQ(rows_of(source.take(page({star_event(1, day(11)), star_event(2, day(1))}))), 2u);
    EXPECT_EQ(source.doubt(), "events_window");
}

TEST(EventRowsTest, OfForksCannotBeVerified) {
    event_rows source{row_kind::fork, day(9)};
    ASSERT_TRUE(source.take(page({star_event(2, day(8))})));
    EXPECT_EQ(asks_for(source), endpoint::repository);
    EXPECT_EQ(source.doubt(), "events_unverified");
}

TEST(EventRowsTest, ReadTheCountsBackToTheWindow) {
    event_rows source{row_kind::star, day(2)};
    ASSERT_TRUE(source.take(page({star_event(1, day(11)), star_event(2, day(1))})));
    auto newest = week({0, 0, 0, 0, 1, 0, 0});
    newest.links = {.next = 2, .last = 2};
    ASSERT_TRUE(source.take(newest));
    EXPECT_EQ(source.next(4), (std::vector{fetch_step{.where = endpoint::history, .page = 2}}));
    ASSERT_TRUE(source.take(week({0, 0, 0, 0, 0, 0, 0}, 0)));
    EXPECT_EQ(asks_for(source), endpoint::repository);
    EXPECT_EQ(source.doubt(), "");
}

TEST(EventRowsTest, DoWithoutCountsWhereThereAreNone) {
    event_rows source{row_kind::star, day(9)};
    EXPECT_FALSE(source.do_without({codes::gh_not_found}));
    ASSERT_TRUE(source.take(page({star_event(1, day(8))})));
    EXPECT_FALSE(source.do_without({codes::gh_upstream}));
    EXPECT_TRUE(source.do_without({codes::gh_not_found}));
    EXPECT_EQ(asks_for(source), endpoint::repository);
    EXPECT_EQ(source.doubt(), "history_unavailable");
}

TEST(EventRowsTest, EndWhereGitHubRefusesAFurtherPage) {
    event_rows source{row_kind::star, day(9)};
    EXPECT_FALSE(source.do_without({codes::gh_pagination_limit}));
    ASSERT_TRUE(source.take(page({star_event(1, day(11))}, true)));
    EXPECT_TRUE(source.do_without({codes::gh_pagination_limit}));
    EXPECT_EQ(asks_for(source), endpoint::repository);
    EXPECT_EQ(source.doubt(), "events_window");
}

TEST(EventRowsTest, RefuseWhatIsNoFeedAndNoHistory) {
    event_rows source{row_kind::star, day(9)};
    EXPECT_EQ(source.take({json::object{}}).error().code, codes::gh_bad_body);
    ASSERT_TRUE(source.take(page({star_event(1, day(8))})));
    EXPECT_EQ(source.take({json::object{}}).error().code, codes::gh_bad_body);
}

}  // namespace
}  // namespace conductor::workers::github
