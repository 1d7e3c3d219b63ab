#include <contract/retry_after.hpp>

#include <gtest/gtest.h>

namespace conductor::workers {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

instant const now = *parse_instant("1994-11-06T08:49:00Z");

TEST(RetryAfterTest, ReadsSeconds) {
    EXPECT_EQ(parse_retry_after("0", now), seconds{0});
    EXPECT_EQ(parse_retry_after("120", now), seconds{120});
}

TEST(RetryAfterTest, ReadsEveryFormOfHttpDate) {
    for (auto const* const text : {"Sun, 06 Nov 1994 08:49:37 GMT",
                                   "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"}) {
        EXPECT_EQ(parse_retry_after(text, now), seconds{37}) << text;
    }
}

TEST(RetryAfterTest, RoundsUpSoThatNobodyComesTooEarly) {
    EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now + milliseconds{1}),
              seconds{37});
}

TEST(RetryAfterTest, TakesAPastDateForNoWait) {
    EXPECT_EQ(parse_retry_after("Sat, 05 Nov 1994 08:49:37 GMT", now), seconds{0});
}

TEST(RetryAfterTest, CapsWhatAsksForTooMuch) {
    EXPECT_EQ(parse_retry_after("99999999", now), retry_after_max);
    EXPECT_EQ(parse_retry_after("99999999999999999999999999", now), retry_after_max);
    EXPECT_EQ(parse_retry_after("Fri, 31 Dec 9999 23:59:59 GMT", now), retry_after_max);
}

class BadRetryAfterTest : public testing::TestWithParam<char const*> {};

TEST_P(BadRetryAfterTest, IsNone) { EXPECT_EQ(parse_retry_after(GetParam(), now), std::nullopt); }

INSTANTIATE_TEST_SUITE_P(Forms, BadRetryAfterTest,
                         testing::Values("", "-1", "1.5", "soon", " 5", "5 s", "0x5",
                                         "Sun, 06 Nov 1994", "Sun, 32 Nov 1994 08:49:37 GMT",
                                         "Sun, 06 Nov 1994 08:49:37 GMT trailing", "\xff"));

TEST(RetryAfterTest, ReadsItOutOfHeaders) {
    EXPECT_EQ(retry_after({{"retry-after", "7"}}, now), seconds{7});
    EXPECT_EQ(retry_after({{"retry-after", "soon"}}, now), std::nullopt);
    EXPECT_EQ(retry_after({}, now), std::nullopt);
}

http::headers quota(std::string remaining, std::string reset) {
    return {{"x-ratelimit-remaining", std::move(remaining)},
            {"x-ratelimit-reset", std::move(reset)}};
}

TEST(QuotaResetTest, WaitsUntilTheQuotaIsNew) {
    instant const start{seconds{1000}};
    EXPECT_EQ(quota_reset(quota("0", "1010"), start), seconds{11});
    EXPECT_EQ(quota_reset(quota("0", "1010"), start + milliseconds{500}), seconds{11});
    EXPECT_EQ(quota_reset(quota("0", "0"), start), seconds{0});
}

TEST(QuotaResetTest, DoesNotWaitWhileRequestsRemain) {
    EXPECT_EQ(quota_reset(quota("1", "1010"), instant{}), std::nullopt);
    EXPECT_EQ(quota_reset(quota("none", "1010"), instant{}), std::nullopt);
    EXPECT_EQ(quota_reset(quota("0", "soon"), instant{}), std::nullopt);
    EXPECT_EQ(quota_reset({}, instant{}), std::nullopt);
}

TEST(QuotaResetTest, CapsAHugeReset) {
    EXPECT_EQ(quota_reset(quota("0", "99999999999999999999"), now), retry_after_max);
}

}  // namespace
}  // namespace conductor::workers
