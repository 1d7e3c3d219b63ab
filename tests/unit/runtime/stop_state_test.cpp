#include "runtime/stop_state.hpp"

#include <gtest/gtest.h>

namespace conductor::runtime_detail {
namespace {

struct counting_timer final : timer {
    int woken = 0;
    awaitable<void> wait_until(time_point) override { co_return; }
    void wake() override { ++woken; }
};

TEST(StopStateTest, OnlyMovesOn) {
    stop_state stop;
    EXPECT_TRUE(stop.running());
    stop.advance(stop_stage::aborting);
    stop.advance(stop_stage::draining);
    EXPECT_EQ(stop.stage(), stop_stage::aborting);
}

TEST(StopStateTest, WakesListenersAtEachStageOnce) {
    stop_state stop;
    counting_timer listener;
    stop.listen(listener);
    stop.advance(stop_stage::draining);
    stop.advance(stop_stage::draining);
    EXPECT_EQ(listener.woken, 1);
    stop.advance(stop_stage::aborting);
    EXPECT_EQ(listener.woken, 2);
}

}  // namespace
}  // namespace conductor::runtime_detail
