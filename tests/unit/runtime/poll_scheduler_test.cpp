#include "runtime/poll_scheduler.hpp"

#include "start.hpp"

#include <gtest/gtest.h>

#include <map>

namespace conductor::runtime_detail {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

failure const refused{.code = errc::timed_out};

poll_scheduler make_scheduler(schedule_limits limits = {}) {
    return poll_scheduler(limits, {milliseconds{100}, seconds{10}, 2.0, 0.0});
}

TEST(PollSchedulerTest, PollsEachTypeOnceAtATime) {
    auto tested = make_scheduler();
    tested.add({.slots = 2});
    tested.add({.slots = 2});
    auto const first = tested.next(start);
    auto const second = tested.next(start);
    ASSERT_TRUE(first && second);
    EXPECT_NE(first->worker, second->worker);
    EXPECT_FALSE(tested.next(start));
    tested.answered(*first, 1, start, 0);
    EXPECT_EQ(tested.next(start)->worker, first->worker);
}

TEST(PollSchedulerTest, NeverAsksForMoreThanFreeSlotsAndNeverAboveTheTotal) {
    auto tested = make_scheduler({.in_flight_max = 5});
    auto const type = tested.add({.slots = 8});
    auto poll = tested.next(start);
    ASSERT_EQ(poll->step.count, 1u);
    tested.answered(*poll, 1, start, 0);
    tested.taken(type, start);
    poll = tested.next(start);
    EXPECT_EQ(poll->step.count, 4u) << "five in all, one of them taken";
    tested.answered(*poll, 4, start, 0);
    for (int i = 0; i < 4; ++i) tested.taken(type, start);
    EXPECT_FALSE(tested.next(start));
    EXPECT_EQ(tested.held(type, start), poll_hold::in_flight_max);
    tested.freed(type, start);
    EXPECT_EQ(tested.next(start)->step.count, 1u);
}

// Two busy types, a total of one: who gets how many of a thousand tasks.
std::map<std::size_t, int> deal_out(double first, double second) {
    auto tested = make_scheduler({.in_flight_max = 1});
    tested.add({.slots = 10, .weight = first});
    tested.add({.slots = 10, .weight = second});
    std::map<std::size_t, int> got;
    for (int task = 0; task < 1000; ++task) {
        auto const poll = tested.next(start);
        EXPECT_EQ(poll->wait, milliseconds{0}) << "nobody keeps its place by waiting";
        tested.answered(*poll, 1, start, 0);
        tested.taken(poll->worker, start);
        tested.freed(poll->worker, start);
        ++got[poll->worker];
    }
    return got;
}

TEST(PollSchedulerTest, TheTotalIsDealtOutByWeight) {
    EXPECT_EQ(deal_out(1, 1), (std::map<std::size_t, int>{{0, 500}, {1, 500}}));
    EXPECT_EQ(deal_out(3, 1)[0], 750);
}

TEST(PollSchedulerTest, WhoWasIdleHasNoClaimOnWhatItDidNotUse) {
    auto tested = make_scheduler({.in_flight_max = 1});
    tested.add({.slots = 9});
    auto const idle = tested.add({.slots = 9, .paused = true});
    for (int task = 0; task < 100; ++task) {
        auto const poll = tested.next(start);
        tested.answered(*poll, 1, start, 0);
    }
    tested.hold(idle, poll_hold::paused, false, start);
    std::map<std::size_t, int> got;
    for (int task = 0; task < 10; ++task) {
        auto const poll = tested.next(start);
        tested.answered(*poll, 1, start, 0);
        ++got[poll->worker];
    }
    EXPECT_EQ(got[idle], 5);
}

TEST(PollSchedulerTest, ManyIdleTypesAskLessOftenAndLonger) {
    auto tested = make_scheduler();
    tested.add({});
    EXPECT_EQ(tested.next(start)->wait, milliseconds{1000});
    for (int type = 1; type < 100; ++type) tested.add({});
    EXPECT_EQ(tested.next(start)->wait, milliseconds{2000});
    for (int type = 100; type < 1000; ++type) tested.add({});
    EXPECT_EQ(tested.next(start)->wait, milliseconds{5000}) << "the server allows no more";
}

TEST(PollSchedulerTest, BriskTypesTogetherLookNoMoreOftenThanIdleOnesAsk) {
    auto tested = make_scheduler();
    for (int type = 0; type < 3; ++type) tested.add({.slots = 2});
    for (int type = 0; type < 3; ++type) tested.answered(*tested.next(start), 1, start, 0);
    for (int type = 0; type < 3; ++type) {
        tested.answered(*tested.next(start), 0, start, 0);
        EXPECT_EQ(tested.wake_at(), start + milliseconds{60});
    }
    EXPECT_FALSE(tested.next(start));
    EXPECT_EQ(tested.next(start + milliseconds{60})->wait, milliseconds{0});
}

TEST(PollSchedulerTest, AHeldTypeIsNotPolled) {
    auto tested = make_scheduler();
    auto const type = tested.add({.paused = true});
    EXPECT_FALSE(tested.next(start));
    EXPECT_EQ(tested.held(type, start), poll_hold::paused);
    tested.hold(type, poll_hold::recovering, true, start);
    tested.hold(type, poll_hold::paused, false, start);
    EXPECT_FALSE(tested.next(start)) << "held for another reason";
    tested.hold(type, poll_hold::recovering, false, start);
    EXPECT_TRUE(tested.next(start));
}

TEST(PollSchedulerTest, AFullOutboxHoldsAll) {
    auto tested = make_scheduler();
    tested.add({});
    tested.hold_all(true);
    EXPECT_FALSE(tested.next(start));
    EXPECT_EQ(tested.held(0, start), poll_hold::outbox_full);
    tested.hold_all(false);
    EXPECT_TRUE(tested.next(start));
}

TEST(PollSchedulerTest, ARestingTypeIsPolledWhenItsTimeHasCome) {
    auto tested = make_scheduler();
    auto const type = tested.add({});
    tested.rest(type, start + seconds{60});
    EXPECT_FALSE(tested.next(start));
    EXPECT_EQ(tested.held(type, start), poll_hold::brake);
    EXPECT_EQ(tested.wake_at(), start + seconds{60});
    EXPECT_TRUE(tested.next(start + seconds{60}));
}

TEST(PollSchedulerTest, AFailingTypeWaitsAloneUntilTheServerIsToBlame) {
    auto tested = make_scheduler({.circuit_failures = 3});
    auto const failing = tested.add({});
    tested.add({});
    auto poll = tested.next(start);
    ASSERT_EQ(poll->worker, failing);
    EXPECT_EQ(tested.failed(*poll, {.code = make_http_error(500)}, start, 0).delay,
              milliseconds{100});
    EXPECT_EQ(tested.next(start)->worker, 1u);
    EXPECT_EQ(tested.wake_at(), start + milliseconds{100});
}

TEST(PollSchedulerTest, WhileTheServerFailsOnePollTriesIt) {
    auto tested = make_scheduler(
        {.circuit_failures = 2, .circuit_waits = {milliseconds{500}, seconds{10}, 2.0, 0.0}});
    for (int type = 0; type < 3; ++type) tested.add({});
    auto const first = tested.next(start);
    auto const second = tested.next(start);
    EXPECT_FALSE(tested.failed(*first, refused, start, 0).circuit_delay);
    EXPECT_EQ(tested.failed(*second, refused, start, 0).circuit_delay, milliseconds{500});
    EXPECT_FALSE(tested.next(start)) << "the third type waits too";
    EXPECT_EQ(tested.held(2, start), poll_hold::circuit_open);
    auto const later = start + milliseconds{500};
    auto const probe = tested.next(later);
    ASSERT_TRUE(probe);
    EXPECT_FALSE(tested.next(later)) << "one at a time";
    EXPECT_TRUE(tested.answered(*probe, 0, later, 0)) << "the circuit closes";
    EXPECT_TRUE(tested.next(later));
}

TEST(PollSchedulerTest, NobodyWakesForACircuitWhileTheOutboxIsFull) {
    auto tested = make_scheduler(
        {.circuit_failures = 1, .circuit_waits = {milliseconds{500}, seconds{10}, 2.0, 0.0}});
    tested.add({});
    tested.add({});
    tested.failed(*tested.next(start), refused, start, 0);
    EXPECT_EQ(tested.wake_at(), start + milliseconds{100});
    tested.hold_all(true);
    EXPECT_FALSE(tested.next(start + seconds{1}));
    EXPECT_EQ(tested.wake_at(), time_point::max());
}

TEST(PollSchedulerTest, ADomainIsPolledAtLeastEveryFiveSeconds) {
    auto tested = make_scheduler();
    tested.add({.domain = "blue", .poll_interval = seconds{60}});
    for (int failures = 0; failures < 10; ++failures) {
        auto const poll =
            tested.next(tested.wake_at() == time_point::max() ? start : tested.wake_at());
        ASSERT_TRUE(poll);
        EXPECT_LE(tested.failed(*poll, {.code = make_http_error(500)}, poll->sent, 0).delay,
                  seconds{5});
    }
}

TEST(PollSchedulerTest, AHungPollIsGivenUpAndItsLateAnswerIsNoNews) {
    auto tested = make_scheduler({.poll_time_max = seconds{180}});
    auto const type = tested.add({.slots = 2});
    auto const hung = tested.next(start);
    EXPECT_TRUE(tested.give_up_hung(start + seconds{179}).empty());
    EXPECT_EQ(tested.wake_at(), start + seconds{180});
    auto const given_up = tested.give_up_hung(start + seconds{180});
    ASSERT_EQ(given_up.size(), 1u);
    EXPECT_EQ(given_up[0], (std::pair{type, start}));
    auto const again = tested.next(start + seconds{180});
    ASSERT_TRUE(again);
    tested.answered(*hung, 1, start + seconds{181}, 0);
    EXPECT_TRUE(tested.is_polling(type));
    tested.answered(*again, 0, start + seconds{181}, 0);
    EXPECT_FALSE(tested.is_polling(type));
}

TEST(PollSchedulerTest, SlotsCanChangeWhileTasksRun) {
    auto tested = make_scheduler();
    auto const type = tested.add({.slots = 2});
    tested.taken(type, start);
    tested.taken(type, start);
    EXPECT_FALSE(tested.next(start));
    tested.set_slots(type, 1, start);
    EXPECT_EQ(tested.free(type), 0u);
    tested.freed(type, start);
    EXPECT_FALSE(tested.next(start)) << "one still runs, and one is allowed";
    tested.set_slots(type, 4, start);
    EXPECT_EQ(tested.free(type), 3u);
    EXPECT_TRUE(tested.next(start));
}

TEST(PollSchedulerTest, AReportMayBringATaskWhileThereIsABacklog) {
    auto tested = make_scheduler();
    auto const type = tested.add({.slots = 2});
    EXPECT_FALSE(tested.may_chain(type, start));
    auto const poll = tested.next(start);
    tested.answered(*poll, 1, start, 0);
    tested.taken(type, start);
    EXPECT_TRUE(tested.may_chain(type, start));
    tested.hold(type, poll_hold::paused, true, start);
    EXPECT_FALSE(tested.may_chain(type, start));
    tested.hold(type, poll_hold::paused, false, start);
    tested.rest(type, start + seconds{1});
    EXPECT_FALSE(tested.may_chain(type, start)) << "its brake holds it";
    tested.rest(type, start);
    EXPECT_TRUE(tested.may_chain(type, start));
    tested.chained(type, false, start);
    EXPECT_FALSE(tested.may_chain(type, start));
}

TEST(PollSchedulerTest, AReportBringsNoTaskToATypeThatHadMoreThanAnother) {
    auto tested = make_scheduler({.in_flight_max = 1});
    auto const busy = tested.add({.slots = 5});
    auto const poll = tested.next(start);
    tested.answered(*poll, 1, start, 0);
    tested.taken(busy, start);
    EXPECT_TRUE(tested.may_chain(busy, start));
    tested.add({.slots = 5});
    EXPECT_FALSE(tested.may_chain(busy, start));
}

TEST(PollSchedulerTest, ATaskThatAReportBringsCountsWhileTheTypeIsReady) {
    auto tested = make_scheduler();
    auto const type = tested.add({.slots = 2});
    tested.chained(type, true, start);
    ASSERT_TRUE(tested.next(start));
    EXPECT_FALSE(tested.next(start)) << "it is being polled";
}

TEST(PollSchedulerTest, AWithdrawnPollKeepsItsDistance) {
    auto tested = make_scheduler();
    tested.add({.poll_interval = milliseconds{100}});
    tested.withdrawn(*tested.next(start), start, 0.0);
    EXPECT_FALSE(tested.next(start));
    EXPECT_EQ(tested.wake_at(), start + milliseconds{100});
}

TEST(PollSchedulerTest, AWithdrawnPollIsNotDueAtTheSameMoment) {
    auto tested = make_scheduler();
    tested.add({.poll_interval = milliseconds{0}});
    tested.withdrawn(*tested.next(start), start, 0.0);
    EXPECT_FALSE(tested.next(start));
}

}  // namespace
}  // namespace conductor::runtime_detail
