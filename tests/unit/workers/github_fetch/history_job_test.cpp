#include <github_fetch/history_job.hpp>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;
using std::chrono::days;

fetch_input history_input() {
    fetch_input in;
    in.account = "netflix";
    in.name = "conductor";
    in.source = fetch_source::history;
    return in;
}

github_answer weeks(std::vector<int> const& first_days, bool goes_on) {
    json::array body;
    for (int const day : first_days)
        body.push_back(json::object{{"week", day * 86400}, {"days", {0, 1, 2, 3, 4, 5, 6}}});
    github_answer made{std::move(body)};
    if (goes_on) made.links = {.next = 2, .last = 9};
    made.at = instant{days{16}};
    return made;
}

std::string history_of(history_job const& job) {
    return json::serialize(job.output({}).at("history"));
}

TEST(HistoryJobTest, GivesCountsWithoutNamesUpToToday) {
    history_job job{history_input()};
    EXPECT_EQ(job.next(), (std::vector{fetch_step{.where = endpoint::history, .page = 1}}));
    ASSERT_TRUE(job.take(job.next().front(), weeks({14}, false)));
    EXPECT_TRUE(job.next().empty());
    EXPECT_EQ(history_of(job), R"([{"date":"1970-01-17","count":2},)"
                               R"({"date":"1970-01-16","count":1},)"
                               R"({"date":"1970-01-15","count":0}])");
    auto const output = job.output({});
    EXPECT_EQ(output.at("count").as_int64(), 0);
    EXPECT_FALSE(output.at("complete").as_bool());
    EXPECT_EQ(output.at("incomplete_reason").as_string(), "history_has_no_names");
    EXPECT_EQ(job.source(), fetch_source::history);
}

TEST(HistoryJobTest, EndsWithTheDayOfSince) {
    auto in = history_input();
    in.since = instant{days{12}} + std::chrono::hours{5};
    history_job job{in};
    ASSERT_TRUE(job.take(job.next().front(), weeks({14}, true)));
    ASSERT_TRUE(job.take(job.next().front(), weeks({7}, true)));
    EXPECT_TRUE(job.next().empty());
    EXPECT_EQ(job.output({}).at("history").as_array().size(), 5u);
    EXPECT_EQ(job.output({}).at("history").as_array().back().at("date").as_string(), "1970-01-13");
}

TEST(HistoryJobTest, ReadsNoMorePagesThanAskedForOrThanThereAre) {
    auto in = history_input();
    in.max_pages = 1;
    history_job one{in};
    ASSERT_TRUE(one.take(one.next().front(), weeks({14}, true)));
    EXPECT_TRUE(one.next().empty());
    history_job all{history_input()};
    for (int page = 1; page <= 100; ++page) {
        ASSERT_FALSE(all.next().empty()) << page;
        ASSERT_TRUE(all.take(all.next().front(), weeks({14}, true)));
    }
    EXPECT_TRUE(all.next().empty());
}

TEST(HistoryJobTest, RefusesABodyThatIsNoHistory) {
    history_job job{history_input()};
    auto const taken = job.take(job.next().front(), {json::array{json::object{{"week", 0}}}});
    EXPECT_EQ(taken.error().message, "/0/days: expected seven numbers");
}

}  // namespace
}  // namespace conductor::workers::github
