#include "http_failure.hpp"
#include "running_runtime.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace conductor::test {
namespace {

using std::chrono::milliseconds;

awaitable<void> nothing() { co_return; }

runtime_options const no_chance{.update_backoff = {milliseconds{50}, milliseconds{1000}, 2.0, 0.0}};

task still_ours(running_runtime const& runtime) {
    auto const polls = runtime.api->calls(call_kind::poll);
    return make_task("greet", "t", {{"workerId", polls.at(0).poll.worker_id}});
}

TEST(DeliveryTest, UsesThePlainCallWithoutBacklog) {
    running_runtime runtime;
    runtime.start_with_one_task();
    runtime.hand_out({});  // the second poll finds the queue empty
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::polled, 2));
    runtime.handlers->run_next();
    runtime.reports(1);
    EXPECT_EQ(runtime.api->calls(call_kind::update).size(), 1u);
}

TEST(DeliveryTest, AsksForTheNextTaskWhileThereIsABacklog) {
    running_runtime runtime;
    runtime.add(nothing);
    runtime.start();
    runtime.hand_out({"t"});
    runtime.reports(1);
    EXPECT_EQ(runtime.api->calls(call_kind::update_and_poll).size(), 1u);
}

TEST(DeliveryTest, AsksForNoTaskBehindAClosedGate) {
    std::atomic<bool> open = true;
    running_runtime runtime({.poll_gate = [&](auto, auto) { return open.load(); }});
    runtime.add(nothing);
    runtime.start();
    ASSERT_TRUE(runtime.api->wait_for(call_kind::poll));
    open = false;
    runtime.hand_out({"t"});
    runtime.reports(1);
    EXPECT_EQ(runtime.api->calls(call_kind::update).size(), 1u);
}

TEST(DeliveryTest, RepeatsAPassingFailureWithGrowingWaits) {
    running_runtime runtime(no_chance);
    runtime.add([] { return task_result::call_back_after(std::chrono::seconds{1}); });
    runtime.start();
    runtime.api->updates.push(http_failure(500));
    runtime.api->updates.push(http_failure(503));
    runtime.hand_out({"t"});
    ASSERT_TRUE(runtime.handlers->wait_for_jobs(1));
    runtime.handlers->run_next();
    for (int repeated = 0; repeated < 2; ++repeated) runtime.api->gets.push(still_ours(runtime));
    for (auto const wait : {milliseconds{50}, milliseconds{100}}) {
        ASSERT_TRUE(runtime.clock->wait_for_sleeper_until(runtime.clock->now() + wait));
        runtime.clock->advance(wait);
    }
    EXPECT_EQ(runtime.reports(1).size(), 3u);
    EXPECT_EQ(runtime.observer->count(event_kind::update_failed), 2u);
}

TEST(DeliveryTest, AResultThatTheServerRefusesIsLostOnceAndSaidSo) {
    running_runtime runtime(no_chance);
    runtime.add([] { return task_result::call_back_after(std::chrono::seconds{1}); });
    runtime.start();
    runtime.api->updates.push(http_failure(404));
    runtime.hand_out({"t"});
    ASSERT_TRUE(runtime.handlers->wait_for_jobs(1));
    runtime.handlers->run_next();
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::update_lost));
    EXPECT_EQ(runtime.api->calls(call_kind::update).size(), 1u);
    EXPECT_TRUE(runtime.api->wait_for(call_kind::poll, 2));
}

// Another worker may have claimed it since.
TEST(DeliveryTest, ATaskThatHasGoneBackIsNotTakenBackAgain) {
    running_runtime runtime(no_chance);
    runtime.add([] { return task_result::call_back_after(std::chrono::seconds{1}); });
    runtime.start();
    runtime.api->updates.push(failure{.code = errc::connection_closed, .may_have_arrived = true});
    runtime.hand_out({"t"});
    ASSERT_TRUE(runtime.handlers->wait_for_jobs(1));
    runtime.handlers->run_next();
    ASSERT_TRUE(runtime.clock->wait_for_sleeper_until(runtime.clock->now() + milliseconds{50}));
    runtime.api->gets.push(make_task("greet", "t", {{"workerId", "another"}, {"pollCount", 2}}));
    runtime.clock->advance(milliseconds{50});
    EXPECT_EQ(runtime.reports(1).size(), 1u) << "it is told as delivered, and not sent again";
}

TEST(DeliveryTest, RepeatsAnAmbiguousV2AsThePlainCall) {
    running_runtime runtime(no_chance);
    runtime.add(nothing);
    runtime.start();
    runtime.api->updates_and_polls.push(
        failure{.code = errc::connection_closed, .may_have_arrived = true});
    runtime.hand_out({"t"});
    ASSERT_TRUE(runtime.clock->wait_for_sleeper_until(runtime.clock->now() + milliseconds{50}));
    runtime.clock->advance(milliseconds{50});
    runtime.reports(1);
    EXPECT_EQ(runtime.api->calls(call_kind::update_and_poll).size(), 1u);
    EXPECT_EQ(runtime.api->calls(call_kind::update).size(), 1u);
}

TEST(DeliveryTest, StaysWithThePlainCallOnAServerWithoutV2) {
    running_runtime runtime(no_chance);
    runtime.add(nothing);
    runtime.start();
    runtime.api->updates_and_polls.push(http_failure(404));
    runtime.hand_out({"t"});
    runtime.reports(1);
    runtime.hand_out({"u"});
    runtime.reports(2);
    EXPECT_EQ(runtime.api->calls(call_kind::update_and_poll).size(), 1u);
    EXPECT_EQ(runtime.api->calls(call_kind::update).size(), 2u);
}

}  // namespace
}  // namespace conductor::test
