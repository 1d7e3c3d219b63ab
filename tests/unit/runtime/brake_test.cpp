#include "runtime/brake.hpp"

#include <gtest/gtest.h>

namespace conductor::runtime_detail {
namespace {

TEST(BrakeTest, RestsAfterSoManyFailuresInARow) {
    brake tested(3);
    EXPECT_FALSE(tested.ended(false));
    EXPECT_FALSE(tested.ended(false));
    EXPECT_TRUE(tested.ended(false));
    EXPECT_FALSE(tested.ended(false)) << "the count begins anew";
}

TEST(BrakeTest, ASuccessForgetsTheFailures) {
    brake tested(2);
    EXPECT_FALSE(tested.ended(false));
    EXPECT_FALSE(tested.ended(true));
    EXPECT_FALSE(tested.ended(false));
    EXPECT_TRUE(tested.ended(false));
}

TEST(BrakeTest, IsOffUnlessAskedFor) {
    brake tested(0);
    for (int i = 0; i < 100; ++i) EXPECT_FALSE(tested.ended(false));
}

}  // namespace
}  // namespace conductor::runtime_detail
