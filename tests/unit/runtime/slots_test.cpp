#include "runtime/slots.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <utility>

namespace conductor::runtime_detail {
namespace {

TEST(SlotsTest, APermitHoldsItsSlotUntilItEnds) {
    int freed = 0;
    slots two(2, [&] { ++freed; });
    std::optional first(two.take());
    EXPECT_EQ(two.free(), 1u);
    std::optional second(two.take());
    EXPECT_EQ(two.free(), 0u);
    first.reset();
    EXPECT_EQ(two.free(), 1u);
    EXPECT_EQ(freed, 1);
}

TEST(SlotsTest, AMovedPermitFreesOnce) {
    int freed = 0;
    slots one(1, [&] { ++freed; });
    {
        auto taken = one.take();
        auto const moved = std::move(taken);
        EXPECT_EQ(one.free(), 0u);
    }
    EXPECT_EQ(one.free(), 1u);
    EXPECT_EQ(freed, 1);
}

}  // namespace
}  // namespace conductor::runtime_detail
