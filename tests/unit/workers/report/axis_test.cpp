#include <report/axis.hpp>

#include <gtest/gtest.h>

#include <limits>

namespace conductor::workers::report {
namespace {

using numbers = std::vector<std::int64_t>;
using places = std::vector<std::size_t>;

TEST(AxisTest, TicksAreRoundAndReachTheLargestValue) {
    EXPECT_EQ(axis_ticks(5), (numbers{0, 1, 2, 3, 4, 5}));
    EXPECT_EQ(axis_ticks(6), (numbers{0, 2, 4, 6}));
    EXPECT_EQ(axis_ticks(11), (numbers{0, 5, 10, 15}));
    EXPECT_EQ(axis_ticks(397), (numbers{0, 100, 200, 300, 400}));
    EXPECT_EQ(axis_ticks(40'001), (numbers{0, 10'000, 20'000, 30'000, 40'000, 50'000}));
}

TEST(AxisTest, AnAxisHasALengthWithoutValues) {
    EXPECT_EQ(axis_ticks(0), (numbers{0, 1}));
    EXPECT_EQ(axis_ticks(-3), (numbers{0, 1}));
}

TEST(AxisTest, NoValueNeedsMoreThanSixTicks) {
    for (std::int64_t value = 1; value < std::numeric_limits<std::int64_t>::max() / 20;
         value = value * 7 / 3 + 1) {
        auto const ticks = axis_ticks(value);
        EXPECT_LE(ticks.size(), 6U) << value;
        EXPECT_GE(ticks.back(), value);
        EXPECT_LT(ticks[ticks.size() - 2], value);
    }
}

TEST(AxisTest, LabelsStandAtEqualDistances) {
    EXPECT_EQ(labelled_positions(3, 6), (places{0, 1, 2}));
    EXPECT_EQ(labelled_positions(7, 6), (places{0, 2, 4, 6}));
    EXPECT_EQ(labelled_positions(120, 6), (places{0, 20, 40, 60, 80, 100}));
    EXPECT_EQ(labelled_positions(0, 6), places{});
}

}  // namespace
}  // namespace conductor::workers::report
