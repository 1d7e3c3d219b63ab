#include "support/manual_clock.hpp"

#include <daemon/health/health_state.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using strings = std::vector<std::string>;

task task_named(std::string const& id) { return task{{{"taskId", id}, {"taskType", "a"}}}; }

task_update update_of(std::string const& id) {
    task_update update;
    update.task_id = id;
    return update;
}

class HealthStateTest : public testing::Test {
protected:
    void poll_both() {
        state.on(events::polled{.type = "a", .tasks = 0});
        state.on(events::polled{.type = "b", .tasks = 0});
    }

    std::shared_ptr<manual_clock> clock = std::make_shared<manual_clock>();
    token_state token = token_state::not_needed;
    daemon::health_state state{{{"a", 2}, {"b", 1}},
                               clock,
                               [this] { return token; },
                               {.recent = seconds{60}, .attempt = seconds{180}}};
    failure const refused{error_code{errc::timed_out}, "GET http://c/api"};
};

TEST_F(HealthStateTest, BeforeTheFirstPollItIsLiveAndNotReady) {
    EXPECT_TRUE(state.live().good);
    EXPECT_EQ(state.ready().reasons, (strings{"a was not polled yet", "b was not polled yet"}));
}

TEST_F(HealthStateTest, ReadyOnceEveryTypeWasPolled) {
    state.on(events::polled{.type = "a", .tasks = 0});
    EXPECT_EQ(state.ready().reasons, strings{"b was not polled yet"});
    state.on(events::polled{.type = "b", .tasks = 3});
    EXPECT_TRUE(state.ready().good);
}

TEST_F(HealthStateTest, AFailedPollMakesItUnreadyUntilOneSucceeds) {
    poll_both();
    state.on(events::poll_failed{.type = "b", .error = refused, .delay = seconds{1}});
    EXPECT_FALSE(state.ready().good);
    EXPECT_NE(state.ready().reasons[0].find("the last poll of b failed"), std::string::npos);
    state.on(events::polled{.type = "b", .tasks = 0});
    EXPECT_TRUE(state.ready().good);
}

TEST_F(HealthStateTest, AServerThatIsDownForADayLeavesItLive) {
    for (int attempt = 0; attempt < 24 * 360; ++attempt) {
        state.on(events::poll_failed{.type = "a", .error = refused, .delay = seconds{10}});
        state.on(events::poll_failed{.type = "b", .error = refused, .delay = seconds{10}});
        clock->advance(seconds{10});
        ASSERT_TRUE(state.live().good) << attempt;
    }
    EXPECT_FALSE(state.ready().good);
}

TEST_F(HealthStateTest, PollsThatDoNotEndMakeItHung) {
    poll_both();
    clock->advance(seconds{180});
    EXPECT_TRUE(state.live().good);
    clock->advance(seconds{1});
    EXPECT_EQ(state.live().reasons,
              (strings{"polling a has hung for 1 s", "polling b has hung for 1 s"}));
}

TEST_F(HealthStateTest, APollThatIsLongAgoMakesItUnready) {
    poll_both();
    clock->advance(seconds{61});
    state.on(events::polled{.type = "b", .tasks = 0});
    EXPECT_EQ(state.ready().reasons, strings{"the last poll of a was 61 s ago"});
}

TEST_F(HealthStateTest, WithAllSlotsBusyNobodyExpectsAPoll) {
    poll_both();
    state.on(events::started{task_named("1")});
    state.on(events::started{task_named("2")});
    clock->advance(std::chrono::hours{1});
    state.on(events::polled{.type = "b", .tasks = 0});
    EXPECT_TRUE(state.ready().good);
    EXPECT_TRUE(state.live().good);
    state.on(events::updated{update_of("1"), {}});
    EXPECT_TRUE(state.live().good);
    clock->advance(seconds{181});
    EXPECT_EQ(state.live().reasons.front(), "polling a has hung for 1 s");
}

TEST_F(HealthStateTest, ADeliveryThatDoesNotEndMakesItHung) {
    state.on(events::started{task_named("1")});
    state.on(events::update_failed{update_of("1"), refused, seconds{5}});
    clock->advance(seconds{186});
    poll_both();
    EXPECT_EQ(state.live().reasons, strings{"delivering a result of a has hung for 1 s"});
    state.on(events::update_lost{update_of("1"), refused});
    EXPECT_TRUE(state.live().good);
}

TEST_F(HealthStateTest, ALongHandlerIsNoHungAttempt) {
    state.on(events::started{task_named("1")});
    clock->advance(std::chrono::hours{3});
    poll_both();
    EXPECT_TRUE(state.live().good);
}

TEST_F(HealthStateTest, ATokenThatTheServerRefusesMakesItUnready) {
    poll_both();
    token = token_state::failed;
    EXPECT_EQ(state.ready().reasons, strings{"the server gives no access token"});
    EXPECT_TRUE(state.live().good);
    token = token_state::good;
    EXPECT_TRUE(state.ready().good);
}

TEST_F(HealthStateTest, StoppingIsLiveAndNotReady) {
    poll_both();
    state.on(events::draining{1});
    clock->advance(std::chrono::hours{1});
    EXPECT_TRUE(state.live().good);
    EXPECT_EQ(state.ready().reasons.front(), "stopping");
}

TEST_F(HealthStateTest, ATaskThatComesTwiceTakesOneSlot) {
    state.on(events::started{task_named("1")});
    state.on(events::started{task_named("1")});
    EXPECT_EQ(state.types().at("a").busy, 1U);
    state.on(events::updated{update_of("1"), {}});
    state.on(events::updated{update_of("1"), {}});
    EXPECT_EQ(state.types().at("a").busy, 0U);
}

TEST_F(HealthStateTest, AnOutageInWhichOneTypeAloneTriesTheServerLeavesItLive) {
    poll_both();
    for (int attempt = 0; attempt < 100; ++attempt) {
        // A server that swallows everything: each attempt takes its time.
        clock->advance(seconds{35});
        state.on(events::poll_failed{.type = "a", .error = refused, .delay = seconds{10}});
        state.on(events::circuit_opened{refused, seconds{10}});
        clock->advance(seconds{10});
        ASSERT_TRUE(state.live().good) << attempt;
    }
    state.on(events::circuit_closed{});
    clock->advance(seconds{180});
    EXPECT_TRUE(state.live().good);
    clock->advance(seconds{1});
    EXPECT_FALSE(state.live().good);
}

TEST_F(HealthStateTest, AFullOutboxLeavesItLiveAndSaysSo) {
    bool full = true;
    state.ask_outbox([&] { return full; });
    EXPECT_TRUE(state.attempted());
    clock->advance(std::chrono::hours{1});
    EXPECT_TRUE(state.live().good);
    EXPECT_EQ(state.ready().reasons.front(), "the outbox is full; no task is claimed");
    // What makes room is a delivery, which comes before the room.
    state.on(events::updated{update_of("0"), {}});
    full = false;
    clock->advance(seconds{180});
    EXPECT_TRUE(state.live().good);
    clock->advance(seconds{1});
    EXPECT_FALSE(state.live().good);
}

TEST_F(HealthStateTest, ATypeThatRestsIsNotExpectedToPoll) {
    poll_both();
    state.on(events::braked{.type = "a", .failures = 5, .rest = std::chrono::minutes{10}});
    clock->advance(std::chrono::minutes{10});
    EXPECT_EQ(state.live().reasons, strings{"polling b has hung for 420 s"});
}

TEST_F(HealthStateTest, AResultInTheOutboxFreesItsSlotOnce) {
    poll_both();
    state.on(events::started{task_named("1")});
    EXPECT_EQ(state.in_flight(), 1U);
    state.on(events::stored{update_of("1")});
    EXPECT_EQ(state.in_flight(), 0U);
    // The server hands the task out again before it has got the result.
    state.on(events::started{task_named("1")});
    EXPECT_EQ(state.in_flight(), 1U);
    state.on(events::updated{update_of("1"), {}});
    EXPECT_EQ(state.in_flight(), 0U);
}

TEST_F(HealthStateTest, PollingWasTriedWhenOnePollHasEnded) {
    EXPECT_FALSE(state.attempted());
    state.on(events::poll_failed{.type = "b", .error = refused, .delay = seconds{1}});
    EXPECT_TRUE(state.attempted());
}

TEST_F(HealthStateTest, WithAllTypesPausedThereIsNothingToTry) {
    state.serve("a", 2, true);
    EXPECT_FALSE(state.attempted());
    state.serve("b", 1, true);
    EXPECT_TRUE(state.attempted());
}

}  // namespace
}  // namespace conductor::test
