#include "running_runtime.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace conductor::test {
namespace {

using std::chrono::milliseconds;

poll_request poll_of(running_runtime& runtime, std::size_t index) {
    EXPECT_TRUE(runtime.api->wait_for(call_kind::poll, index + 1));
    return runtime.api->calls(call_kind::poll).at(index).poll;
}

TEST(PollerTest, NamesTypeWorkerAndDomain) {
    running_runtime runtime({.worker_id = "me"});
    runtime.add([] {}, {.domain = "blue"});
    runtime.start();
    auto const poll = poll_of(runtime, 0);
    EXPECT_EQ(poll.type, "greet");
    EXPECT_TRUE(poll.worker_id.starts_with("me-"));
    EXPECT_EQ(poll.domain, "blue");
}

TEST(PollerTest, NeverAsksForMoreThanTheFreeSlots) {
    running_runtime runtime;
    runtime.add([] {}, {.slots = 3});
    runtime.start();
    EXPECT_EQ(poll_of(runtime, 0).count, 1u);
    runtime.hand_out({"a"});
    auto const second = poll_of(runtime, 1);
    EXPECT_EQ(second.count, 2u);
    EXPECT_EQ(second.wait, milliseconds{0});
}

TEST(PollerTest, DoesNotPollWithoutAFreeSlot) {
    running_runtime runtime;
    runtime.add([] {}, {.slots = 1});
    runtime.start();
    runtime.hand_out({"a"});
    ASSERT_TRUE(runtime.handlers->wait_for_jobs(1));
    EXPECT_EQ(runtime.api->calls(call_kind::poll).size(), 1u);
    ASSERT_TRUE(runtime.handlers->run_next());
    EXPECT_TRUE(runtime.api->wait_for(call_kind::poll, 2));
}

TEST(PollerTest, AsksTheGateBeforeEachPoll) {
    std::atomic<bool> open = false;
    running_runtime runtime({.poll_gate = [&](auto, auto) { return open.load(); }});
    runtime.add([] {});
    runtime.start();
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::poll_held));
    EXPECT_TRUE(runtime.api->calls(call_kind::poll).empty());
    open = true;
    ASSERT_TRUE(runtime.clock->wait_for_sleeper_until(runtime.clock->now() + milliseconds{100}));
    runtime.clock->advance(milliseconds{100});
    EXPECT_TRUE(runtime.api->wait_for(call_kind::poll));
}

TEST(PollerTest, GivesBackWhatItHasNoSlotFor) {
    running_runtime runtime;
    runtime.add([] {}, {.slots = 1});
    runtime.start();
    runtime.hand_out({"a", "b"}, {{"outputData", {{"progress", 3}}}});
    auto const back = runtime.reports(1).at(0);
    EXPECT_EQ(back.task_id, "b");
    EXPECT_EQ(back.status, task_status::in_progress);
    EXPECT_EQ(back.callback_after.count(), 0);
    EXPECT_EQ(back.output, (boost::json::object{{"progress", 3}}));
    EXPECT_EQ(runtime.observer->count(event_kind::given_back), 1u);
}

TEST(PollerTest, GoesOnAfterFailuresWithGrowingWaits) {
    running_runtime runtime({.poll_backoff = {milliseconds{100}, milliseconds{10'000}, 2.0, 0.0}});
    runtime.add([] {});
    runtime.start();
    for (auto const wait : {milliseconds{100}, milliseconds{200}}) {
        runtime.api->polls.push(failure{.code = errc::timed_out});
        ASSERT_TRUE(runtime.clock->wait_for_sleeper_until(runtime.clock->now() + wait));
        runtime.clock->advance(wait);
    }
    EXPECT_TRUE(runtime.api->wait_for(call_kind::poll, 3));
    EXPECT_EQ(runtime.observer->events(event_kind::poll_failed).at(1).delay, milliseconds{200});
}

TEST(PollerTest, GivesBackWhatAPollBringsWhileDraining) {
    running_runtime runtime;
    runtime.add([] {});
    runtime.start();
    ASSERT_TRUE(runtime.api->wait_for(call_kind::poll));
    runtime.drain();
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::draining));
    runtime.hand_out({"late"});
    EXPECT_TRUE(runtime.join().clean());
    auto const updates = runtime.api->calls(call_kind::update);
    ASSERT_EQ(updates.size(), 1u);
    EXPECT_EQ(updates[0].update.status, task_status::in_progress);
    EXPECT_EQ(runtime.observer->count(event_kind::started), 0u);
}

}  // namespace
}  // namespace conductor::test
