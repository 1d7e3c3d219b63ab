#include "upload_run_case.hpp"

#include <orbit_upload/upload_run.hpp>

#include <support/leaping_clock.hpp>
#include <support/manual_clock.hpp>
#include <support/run_coroutine.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace conductor::workers {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using conductor::test::leaping_clock;
using conductor::test::manual_clock;
using conductor::test::run_coroutine;
using std::chrono::milliseconds;
using std::chrono::seconds;
using strings = std::vector<std::string>;

using UploadRunTest = test::upload_run_case;
using test::limited;
using test::rejected;

TEST_F(UploadRunTest, SendsAllInOrderEvenlySpaced) {
    activities_up_to(4);
    request.key = secret{std::string{"k3y"}};

    auto const result = claim();

    EXPECT_EQ(result.status(), task_status::completed);
    EXPECT_EQ(sink->keys(), (strings{"k0", "k1", "k2", "k3"}));
    EXPECT_EQ(clock->waits(), std::vector(3, milliseconds{600}));
    EXPECT_EQ(result.output(), json::parse(R"({
        "posted": 4, "created": 4, "duplicates": 0, "failed": [], "next_index": 4, "total": 4,
        "requests": 4, "sink": "local", "dry_run": false})")
                                   .as_object());
    EXPECT_EQ(sink->delivered.front().workspace, "oss");
    EXPECT_EQ(sink->delivered.front().key.reveal(), "k3y");
}

TEST_F(UploadRunTest, ASinkThatIsSlowItselfNeedsNoWaiting) {
    activities_up_to(3);
    sink->on_delivery = [this] { clock->advance(seconds{1}); };

    claim();

    EXPECT_TRUE(clock->waits().empty());
}

TEST_F(UploadRunTest, AShortRestIsTakenInPlace) {
    activities_up_to(2);
    sink->script = {limited(seconds{2})};

    auto const result = claim();

    EXPECT_EQ(result.status(), task_status::completed);
    EXPECT_EQ(sink->keys(), (strings{"k0", "k0", "k1"}));
    EXPECT_EQ(clock->waits().front(), seconds{2});
    EXPECT_EQ(result.output().at("requests"), 3);
}

TEST_F(UploadRunTest, ALongRestHandsTheTaskBackAndTheNextClaimGoesOn) {
    activities_up_to(3);
    sink->script = {{.outcome = delivery_outcome::created}, limited(seconds{17})};

    auto const first = claim();

    EXPECT_EQ(first.status(), task_status::in_progress);
    EXPECT_EQ(first.delay(), seconds{17});
    EXPECT_EQ(first.output().at("next_index"), 1);
    EXPECT_EQ(first.output().at("waiting").at("code"), "SINK_RATE_LIMITED");
    EXPECT_EQ(first.output().at("waiting").at("http_status"), 429);
    EXPECT_TRUE(first.output().at("waiting").as_object().contains("retry_at"));

    clock->advance(first.delay());
    auto const second = claim(first.output());

    EXPECT_EQ(second.status(), task_status::completed);
    EXPECT_EQ(sink->keys(), (strings{"k0", "k1", "k1", "k2"}));
    EXPECT_EQ(second.output().at("posted"), 3);
    EXPECT_EQ(second.output().at("requests"), 4);
    EXPECT_FALSE(second.output().contains("waiting"));
}

TEST_F(UploadRunTest, ASecondRestInARowHandsTheTaskBack) {
    activities_up_to(1);
    sink->script = {limited(seconds{1}), limited(seconds{1})};

    auto const result = claim();

    EXPECT_EQ(result.status(), task_status::in_progress);
    EXPECT_EQ(result.delay(), seconds{1});
    EXPECT_EQ(sink->delivered.size(), 2U);
}

TEST_F(UploadRunTest, ARestBeyondTheCapFailsTheTaskAndDoesNotHoldUpOthers) {
    activities_up_to(1);
    request.max_wait = seconds{60};
    sink->script = {limited(seconds{61})};

    auto const result = claim();

    EXPECT_EQ(result.status(), task_status::failed);
    EXPECT_EQ(result.reason().find("SINK_RATE_LIMITED: "), 0U);
    EXPECT_EQ(result.output().at("error").at("retry_at"), "2026-01-01T00:01:01Z");
    EXPECT_FALSE(target.pacer.paused(clock->now()));
}

TEST_F(UploadRunTest, ASlowRateHandsTheTaskBackInsteadOfWaiting) {
    activities_up_to(2);
    request.rate_per_minute = 10;

    auto const result = claim();

    EXPECT_EQ(result.status(), task_status::in_progress);
    EXPECT_EQ(result.delay(), seconds{6});
    EXPECT_EQ(result.output().at("next_index"), 1);
    EXPECT_TRUE(clock->waits().empty());
}

TEST_F(UploadRunTest, ASinkThatLimitsAnotherTaskIsLeftAlone) {
    activities_up_to(1);
    target.pacer.pause(clock->now() + seconds{30});

    auto const result = claim();

    EXPECT_EQ(result.status(), task_status::in_progress);
    EXPECT_EQ(result.delay(), seconds{30});
    EXPECT_TRUE(sink->delivered.empty());
}

TEST_F(UploadRunTest, TheStopTokenIsObeyedBetweenActivities) {
    activities_up_to(3);
    sink->on_delivery = [this] { stop.request_stop(); };

    auto const result = claim();

    EXPECT_EQ(result.status(), task_status::in_progress);
    EXPECT_EQ(result.delay(), seconds{0});
    EXPECT_EQ(result.output().at("next_index"), 1);
    EXPECT_EQ(sink->delivered.size(), 1U);
}

TEST_F(UploadRunTest, ComesBackBeforeTheResponseTimeIsOver) {
    activities_up_to(10);
    response_timeout = seconds{10};
    sink->on_delivery = [this] { clock->advance(seconds{2}); };

    auto const result = claim();

    EXPECT_EQ(result.status(), task_status::in_progress);
    EXPECT_EQ(result.output().at("next_index"), 3);
    EXPECT_EQ(sink->delivered.front().timeout, seconds{8});
    EXPECT_LT(sink->delivered.back().timeout, seconds{8});

    auto const next = claim(result.output());
    EXPECT_EQ(next.output().at("next_index"), 6);
}

TEST_F(UploadRunTest, AFailureKeepsWhatWasDone) {
    activities_up_to(3);
    fault const why{.code = codes::sink_upstream, .message = "it is down", .http_status = 503};
    sink->script = {{.outcome = delivery_outcome::duplicate},
                    {.outcome = delivery_outcome::failed, .why = why}};

    auto const result = claim();

    EXPECT_EQ(result.status(), task_status::failed);
    EXPECT_EQ(result.reason(), "SINK_UPSTREAM: it is down");
    EXPECT_EQ(result.output().at("duplicates"), 1);
    EXPECT_EQ(result.output().at("next_index"), 1);
    EXPECT_EQ(result.output().at("error").at("http_status"), 503);
}

TEST_F(UploadRunTest, ARejectedActivityEndsTheTaskForGood) {
    activities_up_to(3);
    sink->script = {{.outcome = delivery_outcome::created}, rejected()};

    auto const result = claim();

    EXPECT_EQ(result.status(), task_status::failed_with_terminal_error);
    EXPECT_EQ(result.output().at("failed").at(0).at("key"), "k1");
    EXPECT_EQ(sink->delivered.size(), 2U);
}

TEST_F(UploadRunTest, RejectedActivitiesArePassedOverWhenAsked) {
    activities_up_to(3);
    request.on_item_error = item_error_rule::go_on;
    sink->script = {rejected()};

    auto const result = claim();

    EXPECT_EQ(result.status(), task_status::completed);
    EXPECT_EQ(result.output().at("posted"), 2);
    EXPECT_EQ(result.output().at("failed").as_array().size(), 1U);
}

TEST_F(UploadRunTest, ATaskOfRejectedActivitiesOnlyFailsForGood) {
    activities_up_to(2);
    request.on_item_error = item_error_rule::go_on;
    sink->script = {rejected(), rejected()};

    auto const result = claim();

    EXPECT_EQ(result.status(), task_status::failed_with_terminal_error);
    EXPECT_EQ(result.reason().find("SINK_REJECTED: "), 0U);
}

TEST_F(UploadRunTest, AnActivityWithoutAKeyGetsOneThatARetryMakesAgain) {
    activities = {{{"title", "a"}}, {{"title", "b"}}};

    claim();
    claim();

    auto const keys = sink->keys();
    ASSERT_EQ(keys.size(), 4U);
    EXPECT_NE(keys[0], keys[1]);
    EXPECT_EQ(keys[0], keys[2]);
    EXPECT_EQ(keys[1], keys[3]);
}

TEST_F(UploadRunTest, TellsItsProgressInFewLines) {
    activities_up_to(100);

    claim();

    ASSERT_EQ(log.size(), 5U);
    EXPECT_EQ(log.front(),
              "uploading to oss at sink local: 0 of 100 done: 0 posted, 0 duplicates, 0 rejected");
    EXPECT_EQ(log[2], "50 of 100 done: 50 posted, 0 duplicates, 0 rejected");
    EXPECT_EQ(log.back(), "100 of 100 done: 100 posted, 0 duplicates, 0 rejected");
}

// Spawned by co_spawn, so it takes values and pointers that outlive it.
awaitable<void> keep_result(upload_run* run, std::optional<task_result>* result) {
    result->emplace(co_await run->send_all());
}

void rethrow(std::exception_ptr thrown) {
    if (thrown) std::rethrow_exception(thrown);
}

TEST_F(UploadRunTest, TasksAtOneSinkShareItsPace) {
    activities_up_to(3);
    for (auto const& activity : activities) request.activities.push_back(&activity.as_object());
    auto const shared_clock = std::make_shared<manual_clock>();
    auto const start = shared_clock->now();
    std::vector<milliseconds> sent_at;
    sink->on_delivery = [&] {
        sent_at.push_back(std::chrono::duration_cast<milliseconds>(shared_clock->now() - start));
    };
    task const task{};
    task_context context{task, {}, std::nullopt, shared_clock};
    upload_run first{target, request, context, shared_clock};
    upload_run second{target, request, context, shared_clock};
    std::optional<task_result> first_result;
    std::optional<task_result> second_result;

    asio::co_spawn(loop, keep_result(&first, &first_result), rethrow);
    asio::co_spawn(loop, keep_result(&second, &second_result), rethrow);
    do {
        loop.restart();
        loop.poll();
    } while (shared_clock->advance_to_next());

    ASSERT_TRUE(first_result && second_result);
    ASSERT_EQ(sent_at.size(), 6U);
    for (std::size_t request_number = 0; request_number != 6; ++request_number)
        EXPECT_EQ(sent_at[request_number], static_cast<int>(request_number) * milliseconds{600});
}

TEST_F(UploadRunTest, ADryRunCountsAndSaysSo) {
    activities_up_to(2);
    for (auto const& activity : activities) request.activities.push_back(&activity.as_object());
    request.dry_run = true;
    task const task{};
    task_context context{task, {}, std::nullopt, clock};

    auto const result = upload_nothing(request, "local", context);

    EXPECT_EQ(result.status(), task_status::completed);
    EXPECT_EQ(result.output(), json::parse(R"({
        "posted": 0, "created": 0, "duplicates": 0, "failed": [], "next_index": 2, "total": 2,
        "requests": 0, "sink": "local", "dry_run": true})")
                                   .as_object());
    EXPECT_EQ(context.take_logs().at(0).text, "dry run, nothing was sent: 2 activities for oss");
}

}  // namespace
}  // namespace conductor::workers
