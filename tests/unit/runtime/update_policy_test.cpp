#include "runtime/update_policy.hpp"

#include "http_failure.hpp"
#include "start.hpp"

#include <boost/asio/error.hpp>

#include <gtest/gtest.h>

namespace conductor::runtime_detail {
namespace {

using std::chrono::milliseconds;
using verdict = update_policy::verdict;

time_point const end = start + std::chrono::minutes{5};
constexpr backoff_options backoff{milliseconds{50}, milliseconds{1000}, 2.0, 0.5};

TEST(UpdateV2SupportTest, IsUsedOnlyWhenWanted) {
    update_v2_support const support;
    EXPECT_EQ(support.choose(true, start), update_call::with_poll);
    EXPECT_EQ(support.choose(false, start), update_call::plain);
}

TEST(UpdateV2SupportTest, IsTriedAgainAfterTenMinutes) {
    update_v2_support support;
    support.missing(start);
    EXPECT_EQ(support.choose(true, start + std::chrono::minutes{9}), update_call::plain);
    EXPECT_EQ(support.choose(true, start + std::chrono::minutes{10}), update_call::with_poll);
}

TEST(UpdatePolicyTest, RepeatsWhatMayPassWithGrowingWaits) {
    update_policy policy(update_call::plain, backoff, end);
    EXPECT_EQ(policy.failed(test::http_failure(500), start, 0.0).delay, milliseconds{50});
    EXPECT_EQ(policy.failed(test::http_failure(503), start, 0.0).delay, milliseconds{100});
    failure const reset{.code = boost::asio::error::connection_reset};
    EXPECT_EQ(policy.failed(reset, start, 0.0).delay, milliseconds{200});
}

TEST(UpdatePolicyTest, KeepsTryingWhileAccessIsRefused) {
    update_policy policy(update_call::plain, backoff, end);
    EXPECT_TRUE(policy.failed(test::http_failure(403), start, 0.0).delay);
}

TEST(UpdatePolicyTest, DoesNotRepeatWhatTheServerRefusesForGood) {
    for (int const status : {400, 404, 409, 413}) {
        update_policy policy(update_call::plain, backoff, end);
        EXPECT_EQ(policy.failed(test::http_failure(status), start, 0.0), verdict{}) << status;
    }
}

TEST(UpdatePolicyTest, RepeatsAnAmbiguousV2AsThePlainCall) {
    update_policy policy(update_call::with_poll, backoff, end);
    auto const lost = failure{.code = errc::connection_closed, .may_have_arrived = true};
    EXPECT_EQ(policy.failed(lost, start, 0.0), (verdict{milliseconds{50}, false}));
    EXPECT_EQ(policy.call(), update_call::plain);
}

TEST(UpdatePolicyTest, FallsBackAtOnceFromAServerWithoutV2) {
    for (int const status : {405, 501}) {
        update_policy policy(update_call::with_poll, backoff, end);
        EXPECT_EQ(policy.failed(test::http_failure(status), start, 0.0),
                  (verdict{milliseconds{0}, true}));
        EXPECT_EQ(policy.call(), update_call::plain);
        EXPECT_FALSE(policy.proved_v2_missing());
    }
}

TEST(UpdatePolicyTest, A404OfV2IsJudgedByThePlainCall) {
    update_policy policy(update_call::with_poll, backoff, end);
    EXPECT_EQ(policy.failed(test::http_failure(404), start, 0.0),
              (verdict{milliseconds{0}, false}));
    EXPECT_TRUE(policy.proved_v2_missing());
    EXPECT_EQ(policy.failed(test::http_failure(404), start, 0.0), verdict{});
}

TEST(UpdatePolicyTest, GivesUpAfterItsTime) {
    update_policy policy(update_call::plain, backoff, end);
    EXPECT_TRUE(policy.failed(test::http_failure(500), end - milliseconds{1}, 0.0).delay);
    EXPECT_FALSE(policy.failed(test::http_failure(500), end, 0.0).delay);
}

TEST(UpdatePolicyTest, ObeysRetryAfter) {
    update_policy policy(update_call::plain, backoff, end);
    auto error = test::http_failure(429);
    error.retry_after = std::chrono::seconds{3};
    EXPECT_EQ(policy.failed(error, start, 0.0).delay, milliseconds{3000});
}

}  // namespace
}  // namespace conductor::runtime_detail
