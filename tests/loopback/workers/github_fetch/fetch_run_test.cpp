#include "github_pages.hpp"

#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <thread>
#include <utility>

namespace conductor::workers {
namespace {

namespace json = boost::json;
using conductor::test::delivery;
using std::chrono::milliseconds;
using std::chrono::seconds;
using test::down;
using test::github_bench;
using test::github_pages;
using test::people_of;
using test::since_ever;

std::string code_of(task_result const& got) {
    auto const* const error = got.output().if_contains("error");
    return error != nullptr ? std::string{error->at("code").as_string()} : "none";
}

http::headers after(std::string wait) { return {{"Retry-After", std::move(wait)}}; }

TEST(FetchRunTest, HandsBackOnALimitAndGoesOnFromThere) {
    github_bench bench;
    bench.server.answer_next(github_pages::repository());
    bench.server.answer_next(github_pages::page(5));
    bench.server.answer_next(github_pages::page(4));
    bench.server.answer_next(github_pages::error(429, "slow down", after("90")));
    auto const first = bench.run({{"since", since_ever}});
    ASSERT_EQ(first.status(), task_status::in_progress) << first.reason();
    EXPECT_EQ(first.delay(), seconds{90});
    EXPECT_EQ(people_of(first.output()), down(420, 301));
    EXPECT_EQ(json::serialize(first.output().at("waiting")),
              R"({"code":"GH_RATE_LIMITED","http_status":429,"message":"HTTP 429: slow down",)"
              R"("retry_at":"2026-01-01T00:01:30Z"})");
    EXPECT_TRUE(bench.clock->waits().empty());

    auto const second = bench.run({{"since", since_ever}}, first.output());
    ASSERT_EQ(second.status(), task_status::completed) << second.reason();
    EXPECT_EQ(people_of(second.output()), down(420, 1));
    EXPECT_EQ(second.output().at("requests").as_int64(), 7);
    EXPECT_TRUE(second.output().at("complete").as_bool());
    EXPECT_FALSE(second.output().contains("progress"));
    EXPECT_FALSE(second.output().contains("waiting"));
}

TEST(FetchRunTest, HandsBackOnAnEmptyQuota) {
    github_bench bench;
    auto const reset =
        std::chrono::floor<seconds>(bench.clock->wall().time_since_epoch()) + seconds{600};
    bench.server.answer_next(github_pages::error(
        403, "API rate limit exceeded",
        {{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", std::to_string(reset.count())}}));
    auto const got = bench.run({{"what", "repository"}});
    ASSERT_EQ(got.status(), task_status::in_progress);
    EXPECT_EQ(got.delay(), seconds{601});
    EXPECT_EQ(got.output().at("rate").at("remaining").as_int64(), 0);
}

TEST(FetchRunTest, WaitsTwiceAsLongAfterEachUnnamedLimit) {
    github_bench bench;
    json::object previous;
    for (auto const wait : {60, 120, 240}) {
        bench.server.answer_next(
            github_pages::error(403, "You have exceeded a secondary rate limit"));
        auto const got = bench.run({{"page", 5}}, previous);
        ASSERT_EQ(got.status(), task_status::in_progress);
        EXPECT_EQ(got.delay(), seconds{wait});
        previous = got.output();
    }
    EXPECT_EQ(bench.run({{"page", 5}}, previous).status(), task_status::completed);
}

TEST(FetchRunTest, TakesAShortWaitInPlace) {
    github_bench bench;
    bench.server.answer_next(github_pages::error(429, "slow down", after("2")));
    auto const got = bench.run({{"page", 5}});
    EXPECT_EQ(got.status(), task_status::completed) << got.reason();
    EXPECT_EQ(bench.clock->waits(), (std::vector<milliseconds>{seconds{2}}));
}

TEST(FetchRunTest, TakesNoEndlessRowOfShortWaits) {
    github_bench bench;
    for (int answer = 0; answer < 4; ++answer)
        bench.server.answer_next(github_pages::error(429, "slow down", after("1")));
    auto const got = bench.run({{"page", 5}});
    EXPECT_EQ(got.status(), task_status::in_progress);
    EXPECT_EQ(got.delay(), seconds{1});
    EXPECT_EQ(bench.clock->waits().size(), 3u);
}

TEST(FetchRunTest, FailsWhenALimitAsksForMoreThanTheInputAllows) {
    github_bench bench;
    bench.server.answer_next(github_pages::error(429, "slow down", after("61")));
    auto const got = bench.run({{"page", 5}, {"max_wait_seconds", 60}});
    EXPECT_EQ(got.status(), task_status::failed);
    EXPECT_EQ(got.reason(), "GH_RATE_LIMITED: HTTP 429: slow down");
    EXPECT_EQ(got.output().at("error").at("retry_at").as_string(), "2026-01-01T00:01:01Z");
}

struct refused_list {
    int list_status;
    int repository_status;
    char const* code;
};

class RefusedListTest : public testing::TestWithParam<refused_list> {};

TEST_P(RefusedListTest, IsExplainedByTheRepository) {
    github_bench bench;
    bench.server.answer_next(github_pages::error(GetParam().list_status, "refused"));
    if (GetParam().repository_status != 200)
        bench.server.answer_next(github_pages::error(GetParam().repository_status, "refused too"));
    auto const got = bench.run({{"page", 5}});
    EXPECT_EQ(code_of(got), GetParam().code);
    EXPECT_EQ(bench.targets().back(), "/repos/netflix/conductor");
    EXPECT_EQ(got.output().at("requests").as_int64(), 2);
}

INSTANTIATE_TEST_SUITE_P(Answers, RefusedListTest,
                         testing::Values(refused_list{401, 200, "GH_STARGAZERS_RESTRICTED"},
                                         refused_list{403, 200, "GH_STARGAZERS_RESTRICTED"},
                                         refused_list{404, 200, "GH_STARGAZERS_RESTRICTED"},
                                         refused_list{401, 401, "GH_BAD_CREDENTIALS"},
                                         refused_list{404, 404, "GH_NOT_FOUND"},
                                         refused_list{404, 451, "GH_UNAVAILABLE_LEGAL"},
                                         refused_list{404, 502, "GH_UPSTREAM"}));

TEST(FetchRunTest, NeedNotAskTwiceForARepositoryThatItHasSeen) {
    github_bench bench;
    bench.server.answer_next(github_pages::repository());
    bench.server.answer_next(github_pages::error(404, "Not Found"));
    auto const got = bench.run({});
    EXPECT_EQ(got.status(), task_status::failed_with_terminal_error);
    EXPECT_EQ(code_of(got), "GH_STARGAZERS_RESTRICTED");
    EXPECT_EQ(bench.targets().size(), 2u);
}

TEST(FetchRunTest, MayBeLimitedWhileItExplainsARefusal) {
    github_bench bench;
    bench.server.answer_next(github_pages::error(404, "Not Found"));
    bench.server.answer_next(github_pages::error(429, "slow down", after("90")));
    EXPECT_EQ(bench.run({{"page", 5}}).delay(), seconds{90});
}

struct bad_answer {
    conductor::test::http_answer answer;
    task_status status;
    char const* code;
};

class BadAnswerTest : public testing::TestWithParam<bad_answer> {};

TEST_P(BadAnswerTest, HasItsOutcome) {
    github_bench bench;
    // A GET whose connection breaks is sent once more by the client.
    for (int attempt = 0; attempt < 2; ++attempt) bench.server.answer_next(GetParam().answer);
    auto const got = bench.run({{"what", "repository"}});
    EXPECT_EQ(got.status(), GetParam().status) << got.reason();
    EXPECT_EQ(code_of(got), GetParam().code);
    EXPECT_TRUE(got.reason().starts_with(std::string{GetParam().code} + ": ")) << got.reason();
}

INSTANTIATE_TEST_SUITE_P(
    Answers, BadAnswerTest,
    testing::Values(
        bad_answer{{.status = 503, .body = "busy"}, task_status::failed, "GH_UPSTREAM"},
        bad_answer{{.status = 502, .body = ""}, task_status::failed, "GH_UPSTREAM"},
        bad_answer{{.status = 200, .body = "<html>"}, task_status::failed, "GH_BAD_BODY"},
        bad_answer{{.status = 200, .body = "[]"}, task_status::failed, "GH_BAD_BODY"},
        bad_answer{
            {.status = 200, .body = std::string(5000, '[')}, task_status::failed, "GH_BAD_BODY"},
        bad_answer{{.status = 204, .body = ""}, task_status::failed, "GH_BAD_BODY"},
        bad_answer{{.body = std::string(4000, ' '), .delivery = delivery::part},
                   task_status::failed,
                   "GH_BAD_BODY"},
        bad_answer{{.raw = "no HTTP at all\r\n\r\n"}, task_status::failed, "GH_BAD_BODY"},
        bad_answer{{.delivery = delivery::reset}, task_status::failed, "GH_NETWORK"},
        bad_answer{github_pages::error(404, "Not Found"), task_status::failed_with_terminal_error,
                   "GH_NOT_FOUND"},
        bad_answer{github_pages::error(451, "Unavailable"), task_status::failed_with_terminal_error,
                   "GH_UNAVAILABLE_LEGAL"},
        bad_answer{{.status = 301}, task_status::failed_with_terminal_error, "GH_REDIRECT"}));

TEST(FetchRunTest, FailsForNowWhenGitHubCannotBeReached) {
    github_bench bench;
    bench.server.go_down();
    auto const got = bench.run({{"what", "repository"}});
    EXPECT_EQ(got.status(), task_status::failed);
    EXPECT_EQ(code_of(got), "GH_NETWORK");
    EXPECT_TRUE(got.output().at("error").at("http_status").is_null());
}

TEST(FetchRunTest, TakesGitHubsWordThatAPageIsOutOfReach) {
    github_bench bench;
    bench.server.answer_next(
        github_pages::error(422, "In order to keep the API fast, pagination is limited"));
    EXPECT_EQ(code_of(bench.run({{"page", 400}})), "GH_PAGINATION_LIMIT");
}

// Two seconds of waiting in place pass for two seconds of reading.
TEST(FetchRunTest, CompletesWithoutTheRestAtTheTimeLimit) {
    github_bench bench;
    bench.server.answer_next(github_pages::repository());
    bench.server.answer_next(github_pages::page(5));
    bench.server.answer_next(github_pages::error(429, "slow down", after("2")));
    auto const got = bench.run({{"time_limit_seconds", 2}, {"since", since_ever}});
    ASSERT_EQ(got.status(), task_status::completed) << got.reason();
    EXPECT_FALSE(got.output().at("complete").as_bool());
    EXPECT_EQ(got.output().at("incomplete_reason").as_string(), "time_limit");
    EXPECT_EQ(got.output().at("next_page").as_int64(), 4);
    EXPECT_EQ(people_of(got.output()), down(420, 401));
}

TEST(FetchRunTest, CountsTheReadingTimeOfEarlierClaims) {
    github_bench bench;
    json::object const in{{"time_limit_seconds", 3}, {"since", since_ever}};
    bench.server.answer_next(github_pages::repository());
    bench.server.answer_next(github_pages::page(5));
    bench.server.answer_next(github_pages::error(429, "slow down", after("2")));
    bench.server.answer_next(github_pages::page(4));
    bench.server.answer_next(github_pages::error(429, "slow down", after("60")));
    auto const first = bench.run(in);
    ASSERT_EQ(first.status(), task_status::in_progress) << first.reason();
    bench.server.answer_next(github_pages::error(429, "slow down", after("2")));
    auto const second = bench.run(in, first.output());
    EXPECT_EQ(second.output().at("incomplete_reason").as_string(), "time_limit");
    EXPECT_EQ(people_of(second.output()), down(420, 301));
}

TEST(FetchRunTest, IsGivenBackBeforeTheServerWouldTakeTheTaskBack) {
    github_bench bench;
    bench.response_timeout = seconds{3};
    bench.server.answer_next(github_pages::repository());
    bench.server.answer_next(github_pages::page(5));
    bench.server.answer_next(github_pages::error(429, "slow down", after("2")));
    auto const first = bench.run({{"since", since_ever}});
    ASSERT_EQ(first.status(), task_status::in_progress) << first.reason();
    EXPECT_EQ(first.delay(), seconds{0});
    EXPECT_EQ(people_of(first.output()), down(420, 401));
    auto const second = bench.run({{"since", since_ever}}, first.output());
    EXPECT_EQ(people_of(second.output()), down(420, 1));
}

TEST(FetchRunTest, IsGivenBackWithItsProgressWhenStoppedInTheMiddleOfARequest) {
    github_bench bench;
    auto held = github_pages::page(4);
    held.hold = bench.server.make_gate();
    bench.server.answer_next(github_pages::repository());
    bench.server.answer_next(github_pages::page(5));
    bench.server.answer_next(held);
    std::thread stopper{[&bench, &held] {
        held.hold->wait_for_arrivals();
        bench.stop.request_stop();
    }};
    auto const got = bench.run({{"since", since_ever}});
    stopper.join();
    ASSERT_EQ(got.status(), task_status::in_progress) << got.reason();
    EXPECT_EQ(got.delay(), seconds{0});
    EXPECT_EQ(people_of(got.output()), down(420, 401));
}

TEST(FetchRunTest, BeginsNothingAfterTheStop) {
    github_bench bench;
    bench.stop.request_stop();
    EXPECT_EQ(bench.run({}).status(), task_status::in_progress);
    EXPECT_EQ(bench.server.connections(), 0u);
}

}  // namespace
}  // namespace conductor::workers
