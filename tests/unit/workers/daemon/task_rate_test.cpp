#include <daemon/control/task_rate.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

using std::chrono::seconds;

time_point const began{seconds{1'000'000}};

TEST(TaskRateTest, CountsTheLastMinute) {
    daemon::task_rate rate;
    EXPECT_EQ(rate.last_minute(began), 0U);
    for (int second = 0; second < 30; ++second)
        for (int task = 0; task < 3; ++task) rate.count(began + seconds{second});
    EXPECT_EQ(rate.last_minute(began + seconds{29}), 90U);
    EXPECT_EQ(rate.last_minute(began + seconds{59}), 90U);
    EXPECT_EQ(rate.last_minute(began + seconds{60}), 87U);
    EXPECT_EQ(rate.last_minute(began + seconds{88}), 3U);
    EXPECT_EQ(rate.last_minute(began + seconds{89}), 0U);
}

TEST(TaskRateTest, ForgetsWhatAMinuteWithoutAnythingHasLeft) {
    daemon::task_rate rate;
    rate.count(began);
    rate.count(began + seconds{60});
    EXPECT_EQ(rate.last_minute(began + seconds{60}), 1U);
    rate.count(began + std::chrono::hours{5});
    EXPECT_EQ(rate.last_minute(began + std::chrono::hours{5}), 1U);
}

}  // namespace
}  // namespace conductor::test
