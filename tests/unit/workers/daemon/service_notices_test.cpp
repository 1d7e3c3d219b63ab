#include "support/manual_clock.hpp"

#include <daemon/notify/service_notices.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// A daemon that has polled its server, and is well.
daemon::service_state well(std::size_t in_flight = 0) {
    return {
        .live = {.good = true}, .ready = {.good = true}, .attempted = true, .in_flight = in_flight};
}

daemon::service_state unready(std::string why) {
    auto state = well();
    state.ready = {.good = false, .reasons = {std::move(why)}};
    return state;
}

daemon::service_state starting() {
    auto state = unready("a was not polled yet");
    state.attempted = false;
    return state;
}

daemon::service_state hung() {
    auto state = well(1);
    state.live = {.good = false, .reasons = {"polling a has hung for 3 s"}};
    return state;
}

daemon::service_state draining(std::size_t in_flight) {
    auto state = well(in_flight);
    state.draining = true;
    return state;
}

class ServiceNoticesTest : public testing::Test {
protected:
    // Ten seconds, since a clock that stands at zero hides what is forgotten.
    time_point const begin{seconds{10}};
    daemon::service_notices notices{seconds{30}};
};

TEST_F(ServiceNoticesTest, BeforeAPollHasEndedItAsksForTimeAndIsNotUp) {
    EXPECT_EQ(notices.due(starting(), begin),
              "EXTEND_TIMEOUT_USEC=10000000\nSTATUS=starting: a was not polled yet");
    EXPECT_EQ(notices.due(starting(), begin + seconds{1}), "EXTEND_TIMEOUT_USEC=10000000");
    EXPECT_FALSE(notices.is_up());
}

TEST_F(ServiceNoticesTest, AStartThatHasHungAsksForNoTime) {
    auto state = starting();
    state.live = hung().live;
    EXPECT_EQ(notices.due(state, begin),
              "STATUS=hung, 0 tasks in flight: polling a has hung for 3 s");
}

TEST_F(ServiceNoticesTest, UpOncePollingWasTried) {
    EXPECT_EQ(notices.due(well(), begin), "READY=1\nWATCHDOG=1\nSTATUS=ready, 0 tasks in flight");
    EXPECT_TRUE(notices.is_up());
    EXPECT_EQ(notices.due(well(), begin + seconds{1}), "");
}

TEST_F(ServiceNoticesTest, UpTooWithAServerThatIsAway) {
    EXPECT_EQ(notices.due(unready("the last poll of a failed: refused"), begin),
              "READY=1\nWATCHDOG=1\n"
              "STATUS=not ready, 0 tasks in flight: the last poll of a failed: refused");
}

TEST_F(ServiceNoticesTest, TheStatusIsToldWhenItChanges) {
    notices.due(well(), begin);
    EXPECT_EQ(notices.due(well(1), begin + seconds{1}), "STATUS=ready, 1 task in flight");
    EXPECT_EQ(notices.due(well(1), begin + seconds{2}), "");
    EXPECT_EQ(notices.due(unready("x"), begin + seconds{3}),
              "STATUS=not ready, 0 tasks in flight: x");
}

TEST_F(ServiceNoticesTest, ATextFromOutsideStaysInItsLine) {
    notices.due(well(), begin);
    EXPECT_EQ(notices.due(unready("x\nWATCHDOG=trigger\xff"), begin + seconds{1}),
              "STATUS=not ready, 0 tasks in flight: x\\nWATCHDOG=trigger\\xFF");
    EXPECT_LT(notices.due(unready(std::string(5000, 'x')), begin + seconds{2}).size(), 500U);
}

TEST_F(ServiceNoticesTest, SignsOfLifeComeAtHalfOfTheInterval) {
    notices.due(well(), begin);
    EXPECT_EQ(notices.due(well(), begin + milliseconds{14'999}), "");
    EXPECT_EQ(notices.next(), begin + seconds{15});
    EXPECT_EQ(notices.due(well(), begin + seconds{15}), "WATCHDOG=1");
    EXPECT_EQ(notices.due(well(), begin + milliseconds{29'999}), "");
    EXPECT_EQ(notices.due(well(), begin + seconds{30}), "WATCHDOG=1");
}

TEST_F(ServiceNoticesTest, WithoutAWatchdogThereAreNone) {
    daemon::service_notices quiet{std::nullopt};
    EXPECT_EQ(quiet.due(well(), begin), "READY=1\nSTATUS=ready, 0 tasks in flight");
    EXPECT_EQ(quiet.due(well(), begin + std::chrono::hours{1}), "");
}

TEST_F(ServiceNoticesTest, WhoHasHungGivesNoSignOfLifeUntilItLivesAgain) {
    notices.due(well(), begin);
    EXPECT_EQ(notices.due(hung(), begin + seconds{20}),
              "STATUS=hung, 1 task in flight: polling a has hung for 3 s");
    EXPECT_EQ(notices.next(), begin + seconds{21});
    EXPECT_EQ(notices.due(well(1), begin + seconds{21}),
              "WATCHDOG=1\nSTATUS=ready, 1 task in flight");
}

TEST_F(ServiceNoticesTest, AReloadIsFramed) {
    EXPECT_EQ(notices.reloading(begin), "");
    notices.due(well(), begin);
    EXPECT_EQ(notices.reloading(begin + seconds{1}), "RELOADING=1\nMONOTONIC_USEC=11000000");
    EXPECT_EQ(notices.reloaded(true), "READY=1");
    EXPECT_EQ(notices.due(well(), begin + seconds{1}), "");
}

TEST_F(ServiceNoticesTest, AReloadThatWasNotTakenStaysInTheStatus) {
    notices.due(well(), begin);
    EXPECT_EQ(notices.reloaded(false), "READY=1");
    EXPECT_EQ(notices.due(well(), begin + seconds{1}),
              "STATUS=the changed configuration was not taken, see the log; "
              "ready, 0 tasks in flight");
    EXPECT_EQ(notices.reloaded(true), "READY=1");
    EXPECT_EQ(notices.due(well(), begin + seconds{2}), "STATUS=ready, 0 tasks in flight");
}

TEST_F(ServiceNoticesTest, AReloadBeforeTheStartSucceededDoesNotSayThatItDid) {
    notices.due(starting(), begin);
    EXPECT_EQ(notices.reloading(begin), "");
    EXPECT_EQ(notices.reloaded(true), "");
}

TEST_F(ServiceNoticesTest, AStopAsksForTimeWhileTasksAreInFlight) {
    notices.due(well(), begin);
    EXPECT_EQ(notices.due(draining(2), begin + seconds{1}),
              "STOPPING=1\nEXTEND_TIMEOUT_USEC=10000000\nSTATUS=stopping, 2 tasks in flight");
    EXPECT_EQ(notices.due(draining(2), begin + seconds{2}), "EXTEND_TIMEOUT_USEC=10000000");
    EXPECT_EQ(notices.due(draining(0), begin + seconds{3}), "STATUS=stopping, 0 tasks in flight");
    EXPECT_EQ(notices.due(draining(0), begin + seconds{4}), "");
    EXPECT_EQ(notices.reloading(begin + seconds{4}), "");
    EXPECT_EQ(notices.reloaded(true), "");
}

TEST_F(ServiceNoticesTest, AStopGivesSignsOfLifeToo) {
    notices.due(well(), begin);
    notices.due(draining(1), begin + seconds{1});
    EXPECT_EQ(notices.due(draining(1), begin + seconds{15}),
              "EXTEND_TIMEOUT_USEC=10000000\nWATCHDOG=1");
}

TEST_F(ServiceNoticesTest, AStopBeforeTheFirstPollIsAStop) {
    notices.due(starting(), begin);
    EXPECT_EQ(notices.due(draining(0), begin + seconds{1}),
              "STOPPING=1\nSTATUS=stopping, 0 tasks in flight");
    EXPECT_FALSE(notices.is_up());
}

TEST_F(ServiceNoticesTest, ItIsAskedAgainEverySecondAndInTimeForTheWatchdog) {
    daemon::service_notices hurried{milliseconds{400}};
    for (time_point now = begin; now < begin + seconds{5}; now = hurried.next()) {
        hurried.due(well(), now);
        EXPECT_EQ(hurried.next(), now + milliseconds{200});
    }
    notices.due(well(), begin);
    EXPECT_EQ(notices.next(), begin + seconds{1});
}

TEST_F(ServiceNoticesTest, AnOutageOfAnHourCostsNoSignOfLife) {
    auto const clock = std::make_shared<manual_clock>();
    daemon::health_state health{{{"a", 2}, {"b", 2}, {"c", 2}},
                                clock,
                                [] { return token_state::not_needed; },
                                {.attempt = seconds{175}}};
    failure const refused{error_code{errc::timed_out}, "GET http://c/api"};
    auto last_sign = clock->now();
    for (int second = 1; second <= 3600; ++second) {
        clock->advance(seconds{1});
        // One type tries the server for all, and waits out its time limit.
        if (second % 45 == 0) {
            health.on(events::poll_failed{.type = "a", .error = refused, .delay = seconds{10}});
            health.on(events::circuit_opened{refused, seconds{10}});
        }
        auto const said = notices.due({.live = health.live(),
                                       .ready = health.ready(),
                                       .attempted = health.attempted(),
                                       .in_flight = health.in_flight()},
                                      clock->now());
        if (said.find("WATCHDOG=1") != std::string::npos) last_sign = clock->now();
        if (!notices.is_up()) last_sign = clock->now();
        ASSERT_LE(clock->now() - last_sign, seconds{15}) << second;
    }
    EXPECT_TRUE(notices.is_up());
}

}  // namespace
}  // namespace conductor::test
