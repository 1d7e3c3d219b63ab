#include <orbit_upload/pacer.hpp>

#include <gtest/gtest.h>

namespace conductor::workers {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

time_point const start{std::chrono::hours{1}};
constexpr milliseconds interval{600};
constexpr seconds patience{2};

TEST(PacerTest, GrantsTheFirstRequestAtOnce) {
    pacer pace;

    EXPECT_EQ(pace.take(start, interval, patience), (pace_turn{start, true}));
}

TEST(PacerTest, SpacesRequestsEvenly) {
    pacer pace;
    for (int request = 0; request != 4; ++request) {
        auto const turn = pace.take(start, interval, patience);
        EXPECT_EQ(turn, (pace_turn{start + request * interval, true})) << request;
    }
}

TEST(PacerTest, UnusedTimeNeverBecomesABurst) {
    pacer pace;
    pace.take(start, interval, patience);
    auto const later = start + std::chrono::hours{1};

    EXPECT_EQ(pace.take(later, interval, patience), (pace_turn{later, true}));
    EXPECT_EQ(pace.take(later, interval, patience), (pace_turn{later + interval, true}));
}

TEST(PacerTest, AMomentBeyondPatienceIsNotSetAside) {
    pacer pace;
    pace.take(start, interval, patience);

    EXPECT_EQ(pace.take(start, seconds{6}, patience), (pace_turn{start + seconds{6}, false}));
    EXPECT_EQ(pace.take(start, interval, patience), (pace_turn{start + interval, true}));
}

TEST(PacerTest, EachTaskKeepsItsOwnDistance) {
    pacer pace;
    pace.take(start, interval, patience);

    EXPECT_EQ(pace.take(start, seconds{1}, patience), (pace_turn{start + seconds{1}, true}));
    EXPECT_EQ(pace.take(start, interval, patience),
              (pace_turn{start + seconds{1} + interval, true}));
}

TEST(PacerTest, AnIntervalFinerThanTheClockIsNotRoundedDown) {
    pacer pace;
    pace.take(start, std::chrono::nanoseconds{1}, patience);

    EXPECT_GT(pace.take(start, std::chrono::nanoseconds{1}, patience).at, start);
}

TEST(PacerTest, PauseHoldsEveryRequestBack) {
    pacer pace;
    pace.pause(start + seconds{1});

    EXPECT_TRUE(pace.paused(start));
    EXPECT_EQ(pace.take(start, interval, patience), (pace_turn{start + seconds{1}, true}));
    EXPECT_FALSE(pace.paused(start + seconds{1}));
}

TEST(PacerTest, AShorterPauseDoesNotEndALongerOne) {
    pacer pace;
    pace.pause(start + seconds{60});
    pace.pause(start + seconds{1});

    EXPECT_EQ(pace.take(start, interval, patience), (pace_turn{start + seconds{60}, false}));
}

}  // namespace
}  // namespace conductor::workers
