#include <daemon/log/outage.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

using daemon::outage;
using daemon::outage_note;
using std::chrono::seconds;

time_point at(int second) { return time_point{} + seconds{1000 + second}; }

TEST(OutageTest, SpeaksAtOnceAndThenOnceAMinute) {
    outage server;
    EXPECT_EQ(server.failed("a", at(0)), (outage_note{seconds{0}, 1}));
    for (int second = 1; second < 60; ++second) EXPECT_FALSE(server.failed("a", at(second)));
    EXPECT_EQ(server.failed("a", at(60)), (outage_note{seconds{60}, 61}));
    EXPECT_FALSE(server.failed("a", at(61)));
}

TEST(OutageTest, SeveralCallsAreOneOutage) {
    outage server;
    EXPECT_TRUE(server.failed("a", at(0)));
    EXPECT_FALSE(server.failed("b", at(1)));
    EXPECT_FALSE(server.failed("c", at(2)));
    EXPECT_FALSE(server.ended("a", at(5)));
    EXPECT_FALSE(server.ended("b", at(6)));
    EXPECT_EQ(server.ended("c", at(7)), (outage_note{seconds{7}, 3}));
}

TEST(OutageTest, SuccessWithoutFailureIsNothingToSpeakOf) {
    outage server;
    EXPECT_FALSE(server.ended("a", at(0)));
}

TEST(OutageTest, TakingTurnsDoesNotFloodTheLog) {
    outage server;
    int spoken = 0;
    for (int second = 0; second < 120; second += 2) {
        spoken += server.failed("a", at(second)) ? 1 : 0;
        spoken += server.ended("a", at(second + 1)) ? 1 : 0;
    }
    EXPECT_EQ(spoken, 4);
}

TEST(OutageTest, ANewOutageCountsAnew) {
    outage server;
    server.failed("a", at(0));
    server.ended("a", at(10));
    EXPECT_EQ(server.failed("a", at(100)), (outage_note{seconds{0}, 1}));
}

}  // namespace
}  // namespace conductor::test
