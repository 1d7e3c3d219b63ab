#include <daemon/control/amount_text.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

using daemon::rough_duration;
using daemon::size_text;
using namespace std::chrono_literals;

TEST(RoughDurationTest, SaysTheTwoLargestUnits) {
    EXPECT_EQ(rough_duration(0ms), "under 1 s");
    EXPECT_EQ(rough_duration(999ms), "under 1 s");
    EXPECT_EQ(rough_duration(1s), "1 s");
    EXPECT_EQ(rough_duration(59'999ms), "59 s");
    EXPECT_EQ(rough_duration(60s), "1 min 0 s");
    EXPECT_EQ(rough_duration(3599s), "59 min 59 s");
    EXPECT_EQ(rough_duration(4h + 7min + 59s), "4 h 7 min");
    EXPECT_EQ(rough_duration(55h), "2 d 7 h");
}

TEST(RoughDurationTest, AClockThatWentBackIsNoTime) { EXPECT_EQ(rough_duration(-5s), "under 1 s"); }

TEST(SizeTextTest, TakesTheUnitThatFits) {
    EXPECT_EQ(size_text(0), "0 B");
    EXPECT_EQ(size_text(1023), "1023 B");
    EXPECT_EQ(size_text(1024), "1.0 KiB");
    EXPECT_EQ(size_text(3482), "3.4 KiB");
    EXPECT_EQ(size_text(std::size_t{256} * 1024 * 1024), "256.0 MiB");
    EXPECT_EQ(size_text(std::size_t{64} << 30U), "64.0 GiB");
    EXPECT_EQ(size_text(std::size_t{5000} << 40U), "5000.0 TiB");
}

}  // namespace
}  // namespace conductor::test
