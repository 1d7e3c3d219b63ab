#include <daemon/control/worker_switch.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

class WorkerSwitchTest : public testing::Test {
protected:
    WorkerSwitchTest() {
        serving.add("a", [] {}, {.slots = 2});
    }

    // Carries out what was asked for, polls nothing, and tells how the type is served.
    worker_status outcome() {
        serving.drain();
        serving.run(std::stop_token{});
        return serving.status().workers.at(0);
    }

    runtime serving{client_options{}};
    daemon::health_state health{
        {{"a", 2}}, environment::system().clock, [] { return token_state::good; }};
    daemon::worker_switch types{serving, health};
};

TEST_F(WorkerSwitchTest, PausesRuntimeAndHealth) {
    EXPECT_TRUE(types.set_paused("a", true));
    EXPECT_TRUE(health.types().at("a").paused);
    EXPECT_EQ(health.types().at("a").slots, 2U);
    EXPECT_EQ(outcome().held, poll_hold::paused);
}

TEST_F(WorkerSwitchTest, ResumesHoweverOftenItWasPaused) {
    types.set_paused("a", true);
    types.set_paused("a", true);
    EXPECT_TRUE(types.set_paused("a", false));
    EXPECT_FALSE(health.types().at("a").paused);
    EXPECT_NE(outcome().held, poll_hold::paused);
}

TEST_F(WorkerSwitchTest, OtherSlotsLeaveAPauseAsItIs) {
    types.set_paused("a", true);
    EXPECT_TRUE(types.set_slots("a", 5));
    EXPECT_TRUE(health.types().at("a").paused);
    EXPECT_EQ(health.types().at("a").slots, 5U);
    auto const served = outcome();
    EXPECT_EQ(served.slots, 5U);
    EXPECT_EQ(served.held, poll_hold::paused);
}

TEST_F(WorkerSwitchTest, KnowsItsTypesAlone) {
    EXPECT_FALSE(types.set_paused("b", true));
    EXPECT_FALSE(types.set_slots("b", 1));
}

}  // namespace
}  // namespace conductor::test
