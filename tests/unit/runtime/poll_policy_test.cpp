#include "runtime/poll_policy.hpp"

#include "start.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace conductor::runtime_detail {
namespace {

using std::chrono::milliseconds;

poll_policy make_poll_policy() {
    return poll_policy({.poll_interval = milliseconds{100}, .poll_timeout = milliseconds{1000}},
                       {milliseconds{100}, milliseconds{10'000}, 2.0, 0.5});
}

poll_policy::span span_of(int milliseconds_taken) {
    return {start, start + milliseconds{milliseconds_taken}};
}

// No other type is brisk.
milliseconds const none{0};

poll_step const long_poll{.count = 1, .wait = milliseconds{1000}};

TEST(PollPolicyTest, BeginsWithALongPollForOne) {
    EXPECT_EQ(make_poll_policy().next(5, start), long_poll);
}

TEST(PollPolicyTest, WaitsForASlotWhenNoneIsFree) {
    EXPECT_EQ(make_poll_policy().next(0, start), poll_step{.until = time_point::max()});
}

TEST(PollPolicyTest, TopsUpWithoutWaitingAfterAFullAnswer) {
    auto policy = make_poll_policy();
    policy.answered(long_poll, 1, span_of(0), none, 0.0);
    EXPECT_TRUE(policy.backlog());
    EXPECT_EQ(policy.next(4, start), poll_step{.count = 4});
}

TEST(PollPolicyTest, ALongPollThatHadToWaitShowsNoBacklog) {
    auto policy = make_poll_policy();
    policy.answered(long_poll, 1, span_of(300), none, 0.0);
    EXPECT_FALSE(policy.backlog());
    EXPECT_EQ(policy.next(4, start), poll_step{.count = 4});
    policy.answered({.count = 4}, 4, span_of(300), none, 0.0);
    EXPECT_TRUE(policy.backlog());
}

TEST(PollPolicyTest, AsksForNoMoreThanFreeSlots) {
    auto policy = make_poll_policy();
    policy.answered({.count = 16}, 16, span_of(0), none, 0.0);
    for (std::size_t free = 1; free < 20; ++free) EXPECT_EQ(policy.next(free, start).count, free);
}

// Brings a task, and then nothing: when the polls went that did not wait for one.
std::vector<milliseconds> looks_of(poll_policy policy, milliseconds apart = none) {
    policy.answered(long_poll, 1, span_of(0), apart, 0.0);
    std::vector<milliseconds> made;
    auto now = start;
    for (auto step = policy.next(4, now); step.wait.count() == 0; step = policy.next(4, now)) {
        if (step.count == 0) {
            now = step.until;
            continue;
        }
        EXPECT_EQ(step.count, 4u);
        made.push_back(std::chrono::duration_cast<milliseconds>(now - start));
        policy.answered(step, 0, {now, now}, apart, 0.0);
    }
    return made;
}

TEST(PollPolicyTest, ABriskTypeLooksAgainAndAgainUntilTheLongPollTakesOver) {
    std::vector<milliseconds> const looks{milliseconds{0},   milliseconds{25},  milliseconds{50},
                                          milliseconds{75},  milliseconds{100}, milliseconds{125},
                                          milliseconds{156}, milliseconds{195}, milliseconds{244},
                                          milliseconds{305}, milliseconds{381}, milliseconds{476}};
    EXPECT_EQ(looks_of(make_poll_policy()), looks);
}

TEST(PollPolicyTest, WhereManyTypesAreBriskEachLooksLessOften) {
    EXPECT_EQ(looks_of(make_poll_policy(), milliseconds{80}).size(), 6u);
    EXPECT_EQ(looks_of(make_poll_policy(), milliseconds{100}).size(), 1u)
        << "the long poll will do";
}

TEST(PollPolicyTest, WithoutAnIntervalTheServerDoesTheWaiting) {
    EXPECT_EQ(looks_of(poll_policy({.poll_interval = milliseconds{0}}, {})).size(), 1u);
}

TEST(PollPolicyTest, ALookThatFindsATaskShowsNoBacklog) {
    auto policy = make_poll_policy();
    policy.answered(long_poll, 1, span_of(300), none, 0.0);
    policy.answered({.count = 1}, 0, span_of(301), none, 0.0);
    ASSERT_TRUE(policy.brisk(start + milliseconds{301}));
    policy.answered({.count = 1}, 1, span_of(326), none, 0.0);
    EXPECT_FALSE(policy.backlog());
    policy.answered({.count = 1}, 1, span_of(327), none, 0.0);
    EXPECT_TRUE(policy.backlog());
}

TEST(PollPolicyTest, AReportThatBroughtNoTaskLeavesTheTypeBrisk) {
    auto policy = make_poll_policy();
    EXPECT_FALSE(policy.brisk(start));
    policy.ran_out(start);
    EXPECT_TRUE(policy.brisk(start + milliseconds{399}));
    EXPECT_FALSE(policy.brisk(start + milliseconds{400}));
}

TEST(PollPolicyTest, KeepsTheIntervalWhenTheServerDoesNotHoldThePoll) {
    auto policy = make_poll_policy();
    policy.answered(long_poll, 0, span_of(0), none, 0.0);
    EXPECT_EQ(policy.next(1, start + milliseconds{5}),
              poll_step{.until = start + milliseconds{100}});
    EXPECT_EQ(policy.next(1, start + milliseconds{100}), long_poll);
}

TEST(PollPolicyTest, AnIntervalOfAMinuteIsKeptHoweverLongNothingComes) {
    poll_policy policy({.poll_interval = milliseconds{60'000}}, {});
    auto now = start;
    for (int polls = 0; polls < 20; ++polls) {
        policy.answered(long_poll, 0, {now, now + milliseconds{1}}, none, 0.0);
        EXPECT_EQ(policy.next(1, now + milliseconds{1}),
                  poll_step{.until = now + milliseconds{60'000}});
        now += milliseconds{60'000};
        EXPECT_EQ(policy.next(1, now).count, 1u);
    }
}

TEST(PollPolicyTest, UnaskedAnIdleTypeLetsTheServerWaitForASecond) {
    poll_policy policy({}, {});
    EXPECT_EQ(policy.next(1, start), long_poll);
    policy.answered(long_poll, 0, span_of(1000), none, 0.0);
    EXPECT_EQ(policy.next(1, start + milliseconds{1000}), long_poll);
    // A server that does not wait is asked ten times a second.
    policy.answered(long_poll, 0, span_of(1), none, 0.0);
    EXPECT_EQ(policy.next(1, start + milliseconds{1}),
              poll_step{.until = start + milliseconds{100}});
}

TEST(PollPolicyTest, APollThatIsNotToBeHeldKeepsTheInterval) {
    poll_policy policy({.poll_timeout = milliseconds{0}}, {});
    policy.answered(policy.next(1, start), 0, span_of(1), none, 0.0);
    EXPECT_EQ(policy.next(1, start + milliseconds{1}),
              poll_step{.until = start + milliseconds{100}});
}

TEST(PollPolicyTest, AHeldPollHasUsedUpTheInterval) {
    auto policy = make_poll_policy();
    policy.answered(long_poll, 0, span_of(0), none, 0.0);
    EXPECT_EQ(policy.next(1, start + milliseconds{1000}), long_poll);
}

TEST(PollPolicyTest, WaitsLongerAfterEachFailureUpToTheLimit) {
    auto policy = make_poll_policy();
    failure const error{.code = errc::timed_out};
    EXPECT_EQ(policy.failed(error, start, 0.0), milliseconds{100});
    EXPECT_EQ(policy.failed(error, start, 0.0), milliseconds{200});
    EXPECT_EQ(policy.next(1, start), poll_step{.until = start + milliseconds{200}});
    for (int i = 0; i < 20; ++i) policy.failed(error, start, 0.0);
    EXPECT_EQ(policy.failed(error, start, 0.0), milliseconds{10'000});
}

TEST(PollPolicyTest, ASuccessForgetsTheFailures) {
    auto policy = make_poll_policy();
    failure const error{.code = errc::timed_out};
    policy.failed(error, start, 0.0);
    policy.failed(error, start, 0.0);
    policy.answered(long_poll, 1, span_of(0), none, 0.0);
    EXPECT_EQ(policy.next(1, start).count, 1u);
    EXPECT_EQ(policy.failed(error, start, 0.0), milliseconds{100});
}

TEST(PollPolicyTest, ObeysRetryAfter) {
    auto policy = make_poll_policy();
    failure const error{.code = make_http_error(429), .retry_after = std::chrono::seconds{7}};
    EXPECT_EQ(policy.failed(error, start, 0.0), milliseconds{7000});
}

}  // namespace
}  // namespace conductor::runtime_detail
