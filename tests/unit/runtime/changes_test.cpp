#include "running_runtime.hpp"

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

using std::chrono::seconds;

TEST(ChangesTest, APausedTypeIsPolledAgainWhenItIsResumed) {
    running_runtime runtime;
    runtime.add([] {}, {.paused = true});
    runtime.start();
    EXPECT_EQ(runtime.status().workers.at(0).held, poll_hold::paused);
    EXPECT_TRUE(runtime.api->calls(call_kind::poll).empty());
    runtime.served().resume("greet");
    EXPECT_TRUE(runtime.api->wait_for(call_kind::poll));
}

TEST(ChangesTest, WhatRunsGoesOnWhileItsTypeIsPaused) {
    running_runtime runtime;
    runtime.start_with_one_task();
    runtime.served().pause("greet");
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::poll_held));
    runtime.hand_out({});
    runtime.handlers->run_next();
    EXPECT_EQ(runtime.reports(1).at(0).status, task_status::completed);
    EXPECT_EQ(runtime.status().workers.at(0).held, poll_hold::paused);
    EXPECT_EQ(runtime.api->calls(call_kind::poll).size(), 2u);
}

TEST(ChangesTest, WhatAPollBringsAfterThePauseIsRun) {
    running_runtime runtime;
    runtime.add([] {});
    runtime.start();
    ASSERT_TRUE(runtime.api->wait_for(call_kind::poll));
    runtime.served().pause("greet");
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::poll_held));
    runtime.hand_out({"late"});
    ASSERT_TRUE(runtime.handlers->wait_for_jobs(1));
    runtime.handlers->run_next();
    EXPECT_EQ(runtime.reports(1).at(0).task_id, "late");
}

TEST(ChangesTest, MoreSlotsBringMoreThreadsAndMoreTasks) {
    running_runtime runtime;
    runtime.add([] {}, {.slots = 1});
    runtime.start();
    runtime.hand_out({"a"});
    ASSERT_TRUE(runtime.handlers->wait_for_jobs(1));
    runtime.served().set_slots("greet", 3);
    ASSERT_TRUE(runtime.api->wait_for(call_kind::poll, 2));
    EXPECT_EQ(runtime.api->calls(call_kind::poll).at(1).poll.count, 2u);
    EXPECT_EQ(runtime.handlers->reserved(), 3u);
    EXPECT_EQ(runtime.status().workers.at(0).slots, 3u);
}

TEST(ChangesTest, TheStatusTellsOfEachType) {
    running_runtime runtime;
    runtime.add([] {}, {.slots = 4, .domain = "blue"});
    runtime.start();
    EXPECT_FALSE(runtime.status().workers.at(0).poll_success_age);
    runtime.hand_out({"t"}, {{"domain", "blue"}});
    ASSERT_TRUE(runtime.handlers->wait_for_jobs(1));
    runtime.clock->advance(seconds{5});
    auto const status = runtime.status();
    ASSERT_EQ(status.workers.size(), 1u);
    auto const& worker = status.workers[0];
    EXPECT_EQ(worker.type, "greet");
    EXPECT_EQ(worker.domain, "blue");
    EXPECT_EQ(worker.slots, 4u);
    EXPECT_EQ(worker.in_flight, 1u);
    EXPECT_EQ(worker.poll_success_age, seconds{5});
    EXPECT_EQ(worker.lease_age, seconds{5});
    EXPECT_FALSE(worker.held);
    EXPECT_FALSE(status.circuit_open);
}

}  // namespace
}  // namespace conductor::test
