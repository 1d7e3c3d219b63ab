#include <conductor/backoff.hpp>

#include <gtest/gtest.h>

namespace conductor {
namespace {

using std::chrono::milliseconds;

constexpr backoff_options options{milliseconds{50}, milliseconds{1000}, 2.0, 0.5};

TEST(BackoffTest, DoublesUpToTheLimit) {
    EXPECT_EQ(backoff_delay(options, 1, 0.0), milliseconds{50});
    EXPECT_EQ(backoff_delay(options, 2, 0.0), milliseconds{100});
    EXPECT_EQ(backoff_delay(options, 5, 0.0), milliseconds{800});
    EXPECT_EQ(backoff_delay(options, 6, 0.0), milliseconds{1000});
}

TEST(BackoffTest, StaysAtTheLimitHoweverManyAttempts) {
    EXPECT_EQ(backoff_delay(options, 4'000'000'000u, 0.0), milliseconds{1000});
}

TEST(BackoffTest, LeavesNoMoreThanItsPartToChance) {
    EXPECT_EQ(backoff_delay(options, 1, 1.0), milliseconds{25});
    EXPECT_EQ(backoff_delay(options, 6, 1.0), milliseconds{500});
}

}  // namespace
}  // namespace conductor
