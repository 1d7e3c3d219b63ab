#include "base/watchdog.hpp"

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

#include <memory>

namespace conductor::base {
namespace {

using namespace std::chrono_literals;

struct counted : watched {
    int count = 0;

private:
    void expire() noexcept override { ++count; }
};

class WatchdogTest : public testing::Test {
protected:
    static time_point past() { return std::chrono::steady_clock::now() - 1s; }
    static time_point far_off() { return std::chrono::steady_clock::now() + 1h; }

    // Ends only when no timer stands: what is still watched would keep the loop.
    void run_to_the_end() {
        loop.run_for(20s);
        EXPECT_TRUE(loop.stopped());
    }

    boost::asio::io_context loop{1};
    std::shared_ptr<watchdog> dog = std::make_shared<watchdog>(loop.get_executor());
};

TEST_F(WatchdogTest, ADeadlineThatPassedExpiresOnce) {
    counted object;
    dog->watch(object, past());
    EXPECT_FALSE(object.expired());
    run_to_the_end();
    EXPECT_EQ(object.count, 1);
    EXPECT_TRUE(object.expired());
}

TEST_F(WatchdogTest, WhatIsReleasedDoesNotExpire) {
    counted object;
    dog->watch(object, past());
    dog->release(object);
    dog->release(object);
    run_to_the_end();
    EXPECT_EQ(object.count, 0);
}

TEST_F(WatchdogTest, WhatIsDestroyedIsForgotten) {
    {
        counted object;
        dog->watch(object, past());
    }
    run_to_the_end();
}

TEST_F(WatchdogTest, ANearerDeadlineIsNotHeldUpByAFarOne) {
    counted far;
    counted near;
    dog->watch(far, far_off());
    dog->watch(near, past());
    loop.run_one_for(20s);
    loop.poll();
    EXPECT_EQ(near.count, 1);
    EXPECT_EQ(far.count, 0);
    dog->release(far);
    run_to_the_end();
}

TEST_F(WatchdogTest, ALaterDeadlineReplacesTheEarlier) {
    counted object;
    dog->watch(object, std::chrono::steady_clock::now());
    dog->watch(object, far_off());
    loop.run_one_for(20s);
    loop.poll();
    EXPECT_EQ(object.count, 0);
    dog->watch(object, past());
    run_to_the_end();
    EXPECT_EQ(object.count, 1);
}

TEST_F(WatchdogTest, ANewWatchForgetsTheOldExpiry) {
    counted object;
    dog->watch(object, past());
    run_to_the_end();
    dog->watch(object, far_off());
    EXPECT_FALSE(object.expired());
    dog->release(object);
}

TEST_F(WatchdogTest, NothingWatchedKeepsNoLoop) {
    counted object;
    dog->watch(object, far_off());
    dog->release(object);
    run_to_the_end();
}

TEST_F(WatchdogTest, ManyPassInOneTurn) {
    counted objects[10];
    for (auto& object : objects) dog->watch(object, past());
    run_to_the_end();
    for (auto const& object : objects) EXPECT_EQ(object.count, 1);
}

TEST_F(WatchdogTest, TheWatchdogMayGoFirst) {
    counted object;
    dog->watch(object, past());
    dog.reset();
    run_to_the_end();
    EXPECT_EQ(object.count, 0);
}

TEST(DeadlineTest, LiesTheTimeoutAhead) {
    time_point const now{1h};
    EXPECT_EQ(deadline_after(now, 5s), now + 5s);
    EXPECT_EQ(deadline_after(now, 0ms), now);
}

TEST(DeadlineTest, AnEndlessTimeoutDoesNotOverflow) {
    time_point const now{1h};
    EXPECT_GT(deadline_after(now, std::chrono::milliseconds::max()), now + 1000h);
}

}  // namespace
}  // namespace conductor::base
