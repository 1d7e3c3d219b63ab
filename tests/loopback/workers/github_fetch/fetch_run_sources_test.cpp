#include "github_pages.hpp"

#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

namespace conductor::workers {
namespace {

namespace json = boost::json;
using std::chrono::seconds;
using test::down;
using test::github_bench;
using test::github_pages;
using test::people_of;

using strings = std::vector<std::string>;

// The person number 410 starred in the first seven minutes of 1970; the counts say how many did.
conductor::test::http_answer history(int stars) {
    return {.body = R"([{"week": 0, "days": [)" + std::to_string(stars) + ", 0, 0, 0, 0, 0, 0]}]"};
}

TEST(FetchSourcesTest, TakesTheFeedForARestrictedListWhenThatIsWanted) {
    github_bench bench;
    bench.server.answer_next(github_pages::repository());
    bench.server.answer_next(github_pages::error(404, "Not Found"));
    bench.server.answer_next(github_pages::feed(420, 1));
    bench.server.answer_next(history(420));
    auto const got = bench.run({{"on_restricted", "events"}, {"since", "1970-01-01T00:06:50Z"}});
    ASSERT_EQ(got.status(), task_status::completed) << got.reason();
    EXPECT_EQ(people_of(got.output()), down(420, 411));
    EXPECT_EQ(got.output().at("source").as_string(), "events");
    EXPECT_EQ(bench.targets(),
              (strings{"/repos/netflix/conductor",
                       "/repos/netflix/conductor/stargazers?per_page=100&page=5",
                       "/repos/netflix/conductor/events?per_page=100&page=1",
                       "/repos/netflix/conductor/stargazers/history?per_page=30&page=1"}));
    EXPECT_EQ(json::serialize(got.output().at("stargazers").at(0)),
              R"({"starred_at":"1970-01-01T00:07:00Z",)"
              R"("user":{"login":"person-420","id":420}})");
}

TEST(FetchSourcesTest, NeedsNoSecondLookAtARestrictedListAfterAHandBack) {
    github_bench bench;
    bench.server.answer_next(github_pages::repository());
    bench.server.answer_next(github_pages::error(404, "Not Found"));
    bench.server.answer_next(github_pages::error(429, "slow down", {{"Retry-After", "90"}}));
    json::object const in{{"on_restricted", "events"}};
    auto const first = bench.run(in);
    ASSERT_EQ(first.status(), task_status::in_progress) << first.reason();
    bench.server.answer_next(github_pages::feed(420, 411));
    auto const second = bench.run(in, first.output());
    EXPECT_EQ(people_of(second.output()), down(420, 411));
    EXPECT_EQ(second.output().at("incomplete_reason").as_string(), "events_window");
    EXPECT_EQ(second.output().at("requests").as_int64(), 4);
}

TEST(FetchSourcesTest, IsNotCompleteWhenTheCountsAreRefused) {
    github_bench bench;
    bench.server.answer_next(github_pages::feed(420, 1));
    auto const got = bench.run({{"source", "events"}, {"since", "1970-01-01T00:06:50Z"}});
    ASSERT_EQ(got.status(), task_status::completed) << got.reason();
    EXPECT_FALSE(got.output().at("complete").as_bool());
    EXPECT_EQ(got.output().at("incomplete_reason").as_string(), "history_unavailable");
}

TEST(FetchSourcesTest, NamesTheFeedWhenItIsNotWanted) {
    github_bench bench;
    bench.server.answer_next(github_pages::repository());
    bench.server.answer_next(github_pages::error(404, "Not Found"));
    auto const got = bench.run({});
    EXPECT_EQ(got.status(), task_status::failed_with_terminal_error);
    EXPECT_NE(got.reason().find("on_restricted: events"), std::string::npos) << got.reason();
}

TEST(FetchSourcesTest, GoesOnByGraphQLWhereGitHubRefusesAPage) {
    github_bench bench;
    bench.server.answer_next(github_pages::repository());
    bench.server.answer_next(github_pages::error(422, "pagination is limited for this resource"));
    auto const got = bench.run({{"star_offset", 300}});
    ASSERT_EQ(got.status(), task_status::completed) << got.reason();
    EXPECT_EQ(people_of(got.output()), down(420, 301));
    EXPECT_EQ(got.output().at("source").as_string(), "graphql");
    EXPECT_TRUE(got.output().at("complete").as_bool());
}

TEST(FetchSourcesTest, SaysThatTheNewestStarsNeedAToken) {
    github_bench bench;
    bench.options.secrets = {};
    bench.server.answer_next({.body = R"({"id": 77, "full_name": "netflix/conductor",
                                          "stargazers_count": 40001, "forks_count": 1})"});
    auto const got = bench.run({});
    EXPECT_EQ(got.status(), task_status::failed_with_terminal_error);
    EXPECT_TRUE(got.reason().starts_with("GH_PAGINATION_LIMIT: ")) << got.reason();
    EXPECT_NE(got.reason().find("token"), std::string::npos) << got.reason();
    EXPECT_EQ(bench.targets().size(), 1u);
}

TEST(FetchSourcesTest, StaysWithRestWhereThatIsWanted) {
    github_bench bench;
    bench.server.answer_next({.body = R"({"id": 77, "full_name": "netflix/conductor",
                                          "stargazers_count": 40001, "forks_count": 1})"});
    auto const got = bench.run({{"source", "rest"}});
    EXPECT_TRUE(got.reason().starts_with("GH_PAGINATION_LIMIT: ")) << got.reason();
    EXPECT_EQ(bench.targets().size(), 1u);
}

TEST(FetchSourcesTest, HandsBackOnALimitOfGraphQLAndGoesOnFromThere) {
    github_bench bench;
    json::object const in{{"source", "graphql"}};
    bench.server.answer_next(
        github_pages::graphql(R"({"variables": {"after": null, "first": 100}})"));
    bench.server.answer_next(github_pages::graphql_error("RATE_LIMITED", {{"Retry-After", "90"}}));
    auto const first = bench.run(in);
    ASSERT_EQ(first.status(), task_status::in_progress) << first.reason();
    EXPECT_EQ(first.delay(), seconds{90});
    EXPECT_EQ(people_of(first.output()), down(420, 321));
    auto const second = bench.run(in, first.output());
    EXPECT_EQ(people_of(second.output()), down(420, 1));
    EXPECT_EQ(second.output().at("requests").as_int64(), 6);
}

TEST(FetchSourcesTest, IsGivenBackWhenAFeedIsCutOff) {
    github_bench bench;
    bench.stop.request_stop();
    auto const got = bench.run({{"source", "events"}});
    EXPECT_EQ(got.status(), task_status::in_progress);
    EXPECT_EQ(got.delay(), seconds{0});
}

}  // namespace
}  // namespace conductor::workers
