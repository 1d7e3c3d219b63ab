#include "runtime/recovery_policy.hpp"

#include "start.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace conductor::runtime_detail {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

TEST(RecoveryPolicyTest, LooksSeveralTimesAfterAFailure) {
    recovery_policy tested;
    EXPECT_EQ(tested.next(), time_point::max());
    tested.suspect("greet", start);
    int looks = 0;
    auto now = start;
    for (; tested.next() != time_point::max(); ++looks) {
        now = tested.next();
        ASSERT_EQ(tested.due(now), "greet");
        tested.looked("greet", now);
        ASSERT_FALSE(tested.due(now)) << "not at once again";
    }
    EXPECT_EQ(looks, 4);
    EXPECT_GE(now, start + seconds{30}) << "a request may be held up for as long as its limit";
}

TEST(RecoveryPolicyTest, ALaterFailureBeginsAnew) {
    recovery_policy tested;
    tested.suspect("greet", start);
    tested.looked("greet", start);
    tested.suspect("greet", start + seconds{1});
    EXPECT_EQ(tested.due(start + seconds{1}), "greet");
}

TEST(RecoveryPolicyTest, AFailedLookIsRepeatedSoon) {
    recovery_policy tested;
    tested.suspect("greet", start);
    tested.failed("greet", start);
    EXPECT_FALSE(tested.due(start));
    EXPECT_EQ(tested.due(start + seconds{1}), "greet");
}

TEST(RecoveryPolicyTest, ASearchThatIsOfNoUseIsLeftAloneForAWhile) {
    recovery_policy tested;
    tested.shown();
    tested.suspect("greet", start);
    tested.unavailable(start);
    EXPECT_FALSE(tested.is_trusted());
    tested.suspect("greet", start + minutes{9});
    EXPECT_EQ(tested.next(), time_point::max());
    tested.suspect("greet", start + minutes{10});
    EXPECT_EQ(tested.due(start + minutes{10}), "greet");
}

TEST(RecoveryPolicyTest, KnowsTheClaimsThatWentBack) {
    recovery_policy tested;
    tested.gave_back("t1", 2);
    EXPECT_TRUE(tested.has_given_back("t1", 2));
    EXPECT_FALSE(tested.has_given_back("t1", 3)) << "a later claim of the task";
    EXPECT_FALSE(tested.has_given_back("t2", 2));
}

TEST(RecoveryPolicyTest, ForgetsTheOldestOfMany) {
    recovery_policy tested;
    for (int poll_count = 1; poll_count <= 1001; ++poll_count) tested.gave_back("t1", poll_count);
    EXPECT_FALSE(tested.has_given_back("t1", 1));
    EXPECT_TRUE(tested.has_given_back("t1", 2));
    EXPECT_TRUE(tested.has_given_back("t1", 1001));
}

TEST(RecoveryPolicyTest, WhatIsHeardOfIsNoLongerSought) {
    recovery_policy tested;
    EXPECT_FALSE(tested.seeks("t1"));
    tested.seek("t1");
    tested.heard_of("t2");
    EXPECT_TRUE(tested.seeks("t1"));
    tested.heard_of("t1");
    EXPECT_FALSE(tested.seeks("t1"));
}

}  // namespace
}  // namespace conductor::runtime_detail
