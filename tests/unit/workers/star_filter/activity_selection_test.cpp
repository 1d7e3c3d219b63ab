#include <star_filter/activity_selection.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <string>

namespace conductor::workers {
namespace {

namespace json = boost::json;

star_filter_request one_day() {
    star_filter_request request;
    request.titles = {"starredConductor", "forkedConductor", "wroteConductor"};
    request.link = "https://github.com/netflix/conductor";
    request.repository = "7";
    request.cutoff = *parse_instant("2024-05-01T00:00:00Z");
    request.until = *parse_instant("2024-05-02T00:00:00Z");
    return request;
}

json::value row(std::string_view at, std::string_view login, int id,
                std::string_view type = "User") {
    return {{"starred_at", at}, {"user", {{"login", login}, {"id", id}, {"type", type}}}};
}

TEST(ActivitySelectionTest, MakesAnActivity) {
    activity_selection selection{one_day()};
    selection.offer(row("2024-05-01T10:00:00Z", "Ann", 42));

    auto const output = selection.take_output();

    EXPECT_EQ(output.at("activities"), json::parse(R"([{
        "occurred_at": "2024-05-01T10:00:00Z",
        "title": "starredConductor",
        "key": "github:star:7:42",
        "activity_type_key": "star:created",
        "link": "https://github.com/netflix/conductor",
        "member": {"github": "Ann"},
        "identity": {"source": "github", "uid": "42", "username": "Ann"}}])"));
    EXPECT_EQ(output.at("count"), 1);
    EXPECT_EQ(output.at("newest"), "2024-05-01T10:00:00Z");
}

TEST(ActivitySelectionTest, WindowBeginsAfterTheCutoffAndEndsWithUntil) {
    activity_selection selection{one_day()};
    selection.offer(row("2024-05-01T00:00:00Z", "old", 1));
    selection.offer(row("2024-05-01T00:00:01Z", "first", 2));
    selection.offer(row("2024-05-02T00:00:00Z", "last", 3));
    selection.offer(row("2024-05-02T00:00:01Z", "next", 4));

    EXPECT_EQ(selection.count(), 2U);
    EXPECT_EQ(selection.dropped(), (dropped_rows{.old = 1, .future = 1}));
    EXPECT_EQ(selection.take_output().at("newest"), "2024-05-02T00:00:00Z");
}

TEST(ActivitySelectionTest, EachKindHasItsTitleKeyAndType) {
    activity_selection selection{one_day()};
    json::value const user{{"login", "ann"}, {"id", 42}};
    selection.offer({{"starred_at", "2024-05-01T10:00:00Z"}, {"user", user}});
    selection.offer({{"forked_at", "2024-05-01T11:00:00Z"}, {"user", user}});
    selection.offer({{"contributions", 3}, {"user", user}});

    auto const output = selection.take_output();

    auto const& activities = output.at("activities").as_array();
    ASSERT_EQ(activities.size(), 3U);
    EXPECT_EQ(activities[1].at("title"), "forkedConductor");
    EXPECT_EQ(activities[1].at("key"), "github:fork:7:42");
    EXPECT_EQ(activities[1].at("activity_type_key"), "fork:created");
    EXPECT_EQ(activities[2].at("title"), "wroteConductor");
    EXPECT_EQ(activities[2].at("key"), "github:contributor:7:42");
    EXPECT_EQ(activities[2].at("activity_type_key"), "contributor:created");
    EXPECT_EQ(output.at("count_by_type"),
              json::parse(R"({"star:created": 1, "fork:created": 1, "contributor:created": 1})"));
}

TEST(ActivitySelectionTest, AContributorPassesTheWindowAndOccursAtItsEnd) {
    activity_selection selection{one_day()};
    selection.offer({{"contributions", 3}, {"user", {{"login", "ann"}, {"id", 42}}}});

    auto const output = selection.take_output();

    EXPECT_EQ(output.at("activities").at(0).at("occurred_at"), "2024-05-02T00:00:00Z");
    EXPECT_TRUE(output.at("newest").is_null());
}

TEST(ActivitySelectionTest, AForkOutsideTheWindowIsDropped) {
    activity_selection selection{one_day()};
    json::value const user{{"login", "ann"}, {"id", 42}};
    selection.offer({{"forked_at", "2024-05-01T00:00:00Z"}, {"user", user}});

    EXPECT_EQ(selection.dropped(), (dropped_rows{.old = 1}));
}

TEST(ActivitySelectionTest, ComparesInstantsNotTexts) {
    auto request = one_day();
    request.cutoff = *parse_instant("2024-05-01T00:00:39.123Z");
    activity_selection selection{request};
    selection.offer(row("2024-05-01T00:00:39Z", "earlier", 1));
    selection.offer(row("2024-05-01T02:00:39+02:00", "earlier_elsewhere", 2));
    selection.offer(row("2024-04-30T23:00:40-02:00", "later_elsewhere", 3));

    EXPECT_EQ(selection.count(), 1U);
    EXPECT_EQ(selection.dropped(), (dropped_rows{.old = 2}));
}

TEST(ActivitySelectionTest, TakesAnAccountOnce) {
    activity_selection selection{one_day()};
    selection.offer(row("2024-05-01T10:00:00Z", "ann", 42));
    selection.offer(row("2024-05-01T11:00:00Z", "ann_renamed", 42));

    EXPECT_EQ(selection.count(), 1U);
    EXPECT_EQ(selection.dropped(), (dropped_rows{.duplicate = 1}));
}

TEST(ActivitySelectionTest, LeavesOutSeenKeys) {
    auto request = one_day();
    request.seen_keys = {"github:star:7:42"};
    activity_selection selection{request};
    selection.offer(row("2024-05-01T10:00:00Z", "ann", 42));

    EXPECT_EQ(selection.count(), 0U);
    EXPECT_EQ(selection.dropped(), (dropped_rows{.duplicate = 1}));
}

TEST(ActivitySelectionTest, LeavesOutBotsOnlyWhenAsked) {
    auto request = one_day();
    activity_selection all{request};
    request.exclude_bots = true;
    activity_selection people{request};
    for (auto* selection : {&all, &people})
        selection->offer(row("2024-05-01T10:00:00Z", "crawler", 1, "Bot"));

    EXPECT_EQ(all.count(), 1U);
    EXPECT_EQ(people.count(), 0U);
    EXPECT_EQ(people.dropped(), (dropped_rows{.bot = 1}));
}

TEST(ActivitySelectionTest, LeavesOutLoginsWhateverTheirCase) {
    auto request = one_day();
    request.exclude_logins = {"ann"};
    activity_selection selection{request};
    selection.offer(row("2024-05-01T10:00:00Z", "ANN", 42));

    EXPECT_EQ(selection.count(), 0U);
    EXPECT_EQ(selection.take_output().at("dropped").at("excluded"), 1);
}

TEST(ActivitySelectionTest, SaysNothingOfExcludedLoginsWhenNoneWereNamed) {
    activity_selection selection{one_day()};

    EXPECT_EQ(selection.take_output().at("dropped"),
              json::parse(R"({"old": 0, "future": 0, "duplicate": 0, "bot": 0, "malformed": 0})"));
}

TEST(ActivitySelectionTest, CountsMalformedRows) {
    activity_selection selection{one_day()};
    selection.offer(nullptr);
    selection.offer(json::parse(R"({"starred_at": "2024-05-01T10:00:00Z", "user": null})"));

    EXPECT_EQ(selection.dropped(), (dropped_rows{.malformed = 2}));
}

TEST(ActivitySelectionTest, ARowWithoutAnIdIsKeyedByItsLogin) {
    activity_selection selection{one_day()};
    selection.offer(json::parse(
        R"({"occurred_at": "2024-05-01T10:00:00Z", "title": "x", "member": {"github": "Ann"}})"));

    auto const output = selection.take_output();
    auto const& activity = output.at("activities").at(0);
    EXPECT_EQ(activity.at("key"), "github:star:7:@ann");
    EXPECT_EQ(activity.at("identity"), json::parse(R"({"source": "github", "username": "Ann"})"));
}

TEST(ActivitySelectionTest, ALoginOfDigitsIsNotTakenForAnId) {
    activity_selection selection{one_day()};
    selection.offer(row("2024-05-01T10:00:00Z", "ann", 42));
    selection.offer(
        json::parse(R"({"occurred_at": "2024-05-01T10:00:00Z", "member": {"github": "42"}})"));

    EXPECT_EQ(selection.count(), 2U);
}

TEST(ActivitySelectionTest, LeavesTheLinkOutWhenTheNameIsUnknown) {
    auto request = one_day();
    request.link.clear();
    activity_selection selection{request};
    selection.offer(row("2024-05-01T10:00:00Z", "ann", 42));

    auto const output = selection.take_output();
    EXPECT_FALSE(output.at("activities").at(0).as_object().contains("link"));
}

TEST(ActivitySelectionTest, ADayWithoutStarsIsAnEmptyOutput) {
    activity_selection selection{one_day()};

    auto const output = selection.take_output();

    EXPECT_EQ(output.at("activities"), json::array{});
    EXPECT_EQ(output.at("count"), 0);
    EXPECT_TRUE(output.at("newest").is_null());
    EXPECT_EQ(output.at("cutoff"), "2024-05-01T00:00:00Z");
    EXPECT_EQ(output.at("until"), "2024-05-02T00:00:00Z");
}

}  // namespace
}  // namespace conductor::workers
