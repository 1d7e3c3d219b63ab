#include <contract/time_budget.hpp>

#include <gtest/gtest.h>

namespace conductor::workers {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

time_point const start{std::chrono::hours{1}};

TEST(TimeBudgetTest, NoDeadlineIsNoLimit) {
    time_budget const budget{start, std::nullopt};

    EXPECT_GT(budget.left(start + std::chrono::years{1}), nanoseconds{std::chrono::years{1}});
    EXPECT_EQ(budget.request_timeout(start), seconds{30});
}

TEST(TimeBudgetTest, EndsWellBeforeTheDeadline) {
    time_budget const budget{start, start + seconds{300}};

    EXPECT_EQ(budget.left(start), seconds{180});
    EXPECT_EQ(budget.left(start + seconds{179}), seconds{1});
    EXPECT_EQ(budget.left(start + seconds{180}), seconds{0});
    EXPECT_EQ(budget.left(start + seconds{400}), seconds{0});
}

TEST(TimeBudgetTest, ARequestIsOverBeforeTheDeadline) {
    time_budget const budget{start, start + seconds{10}};

    EXPECT_EQ(budget.request_timeout(start), seconds{8});
    EXPECT_EQ(budget.request_timeout(start + seconds{5}), seconds{4});
}

TEST(TimeBudgetTest, ARequestTakesNoLongerForALateDeadline) {
    time_budget const budget{start, start + seconds{300}};

    EXPECT_EQ(budget.request_timeout(start), seconds{30});
}

TEST(TimeBudgetTest, ADeadlineThatHasPassedLeavesTheShortestRequest) {
    time_budget const budget{start, start - seconds{1}};

    EXPECT_EQ(budget.left(start), seconds{0});
    EXPECT_EQ(budget.request_timeout(start), milliseconds{1});
}

}  // namespace
}  // namespace conductor::workers
