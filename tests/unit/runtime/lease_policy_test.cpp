#include "runtime/lease_policy.hpp"

#include "start.hpp"

#include <gtest/gtest.h>

namespace conductor::runtime_detail {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

lease_policy make_lease_policy(lease_options options = {.response_timeout = seconds{100}}) {
    return lease_policy(options, start, 0.0);
}

TEST(LeasePolicyTest, ExtendsAtItsPartOfTheResponseTimeout) {
    auto policy = make_lease_policy();
    EXPECT_EQ(policy.due(), start + seconds{80});
    EXPECT_FALSE(policy.must_extend(start + seconds{79}));
    EXPECT_TRUE(policy.must_extend(start + seconds{80}));
    policy.extended(start + seconds{80}, 0.0);
    EXPECT_EQ(policy.due(), start + seconds{160});
    EXPECT_EQ(policy.since(), start + seconds{80});
}

TEST(LeasePolicyTest, ChanceOnlyMakesItEarlier) {
    lease_policy const policy({.response_timeout = seconds{100}}, start, 0.999);
    EXPECT_LT(policy.due(), start + seconds{80});
    EXPECT_GT(policy.due(), start + seconds{71});
}

TEST(LeasePolicyTest, NothingIsDueWithoutAResponseTimeout) {
    EXPECT_EQ(make_lease_policy({}).due(), time_point::max());
    EXPECT_EQ(make_lease_policy({.response_timeout = seconds{9}, .extend = false}).due(),
              time_point::max());
}

TEST(LeasePolicyTest, AFailureIsTriedAgainSeveralTimesBeforeTheLeaseEnds) {
    auto policy = make_lease_policy();
    int tries = 0;
    for (auto now = policy.due(); now < start + seconds{100}; now = policy.due()) {
        ASSERT_LT(tries++, 1000);
        policy.failed(now);
        ASSERT_GT(policy.due(), now);
    }
    EXPECT_GE(tries, 10);
}

TEST(LeasePolicyTest, ATaskIsLookedAtAsOftenAsAskedFor) {
    auto policy =
        make_lease_policy({.response_timeout = seconds{100}, .check_interval = seconds{5}});
    EXPECT_EQ(policy.due(), start + seconds{5});
    EXPECT_FALSE(policy.must_extend(start + seconds{5}));
    policy.checked(start + seconds{5});
    EXPECT_EQ(policy.due(), start + seconds{10});
}

TEST(LeasePolicyTest, AFailedLookIsTriedAgainToo) {
    auto policy = make_lease_policy({.check_interval = seconds{5}});
    policy.failed(start + seconds{5});
    EXPECT_GT(policy.due(), start + seconds{5});
    EXPECT_LT(policy.due(), start + seconds{6});
}

TEST(LeasePolicyTest, NothingIsDueAfterTheEnd) {
    auto policy =
        make_lease_policy({.response_timeout = seconds{100}, .check_interval = seconds{5}});
    policy.end();
    EXPECT_EQ(policy.due(), time_point::max());
}

task read(std::string_view status, std::string_view worker, int poll_count) {
    return task{{{"status", status}, {"workerId", worker}, {"pollCount", poll_count}}};
}

TEST(LeaseBeganTest, CountsFromSendingTheCall) {
    lease_options const options{.response_timeout = seconds{100}};
    EXPECT_EQ(lease_began(options, start, start + seconds{30}), start);
}

TEST(LeaseBeganTest, ALongPollUsesUpNoMoreThanHalfOfTheTimeUntilTheFirstExtension) {
    lease_options const options{.response_timeout = seconds{10}};
    auto const now = start + seconds{60};
    EXPECT_EQ(lease_began(options, start, now), now - seconds{4});
    EXPECT_EQ(lease_policy(options, now - seconds{4}, 0.0).due(), now + seconds{4});
}

TEST(OwnershipTest, SeesWhoseATaskIs) {
    EXPECT_EQ(ownership_of(read("IN_PROGRESS", "me", 2), "me", 2), ownership::ours);
    EXPECT_EQ(ownership_of(read("IN_PROGRESS", "me", 3), "me", 2), ownership::moved_on);
    EXPECT_EQ(ownership_of(read("IN_PROGRESS", "you", 2), "me", 2), ownership::moved_on);
    EXPECT_EQ(ownership_of(read("SCHEDULED", "me", 2), "me", 2), ownership::moved_on);
    for (auto const* ended : {"COMPLETED", "FAILED", "TIMED_OUT", "CANCELED", "SKIPPED"})
        EXPECT_EQ(ownership_of(read(ended, "me", 2), "me", 2), ownership::ended) << ended;
}

}  // namespace
}  // namespace conductor::runtime_detail
