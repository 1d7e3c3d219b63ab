#include "outbox_ledger.hpp"

#include <gtest/gtest.h>

namespace conductor::storage {
namespace {

using keys = std::vector<outbox_key>;

std::chrono::system_clock::time_point at(int seconds) {
    return std::chrono::system_clock::time_point{std::chrono::seconds{seconds}};
}

TEST(OutboxLedgerTest, IsEmptyAtFirst) {
    EXPECT_EQ(outbox_ledger(10, 100).level(), outbox_level{});
}

TEST(OutboxLedgerTest, CountsWhatIsOnItsWay) {
    outbox_ledger ledger{10, 100};

    EXPECT_TRUE(ledger.reserve(30));
    EXPECT_EQ(ledger.level(), (outbox_level{.rows = 1, .bytes = 30}));
    EXPECT_EQ(ledger.keys(), keys{});

    ledger.keep(7, {30, at(5)});
    EXPECT_EQ(ledger.level(), (outbox_level{.rows = 1, .bytes = 30, .oldest = at(5)}));
    EXPECT_EQ(ledger.keys(), keys{7});
}

TEST(OutboxLedgerTest, RefusesMoreRowsThanItMayHave) {
    outbox_ledger ledger{2, 100};
    EXPECT_TRUE(ledger.reserve(1));
    EXPECT_FALSE(ledger.level().full);
    EXPECT_TRUE(ledger.reserve(1));

    EXPECT_TRUE(ledger.level().full);
    EXPECT_FALSE(ledger.reserve(1));
    EXPECT_EQ(ledger.level().rows, 2U);
}

TEST(OutboxLedgerTest, RefusesMoreBytesThanItMayHave) {
    outbox_ledger ledger{10, 100};
    EXPECT_TRUE(ledger.reserve(60));

    EXPECT_FALSE(ledger.reserve(41));
    EXPECT_EQ(ledger.level().bytes, 60U);
    EXPECT_TRUE(ledger.reserve(40));
}

TEST(OutboxLedgerTest, IsFullOnceAnEntryAsLargeAsTheLargestHasNoRoom) {
    outbox_ledger ledger{10, 100};
    EXPECT_TRUE(ledger.reserve(40));
    EXPECT_FALSE(ledger.level().full);
    EXPECT_TRUE(ledger.reserve(21));

    EXPECT_TRUE(ledger.level().full);
}

TEST(OutboxLedgerTest, AnEntryThatIsTooLargeForeverDoesNotMakeItFull) {
    outbox_ledger ledger{10, 100};

    EXPECT_FALSE(ledger.reserve(101));
    EXPECT_FALSE(ledger.level().full);
}

TEST(OutboxLedgerTest, RoomComesBackWhenAnEntryDidNotReachTheDiskOrLeavesIt) {
    outbox_ledger ledger{1, 100};
    EXPECT_TRUE(ledger.reserve(10));
    ledger.release(10);
    EXPECT_EQ(ledger.level(), outbox_level{});
    EXPECT_TRUE(ledger.reserve(10));
    ledger.keep(1, {10, at(1)});

    ledger.forget(1);
    ledger.forget(1);

    EXPECT_EQ(ledger.level(), outbox_level{});
}

TEST(OutboxLedgerTest, WhatIsFoundCountsBeyondTheLimits) {
    outbox_ledger ledger{2, 100};
    ledger.find(3, {500, at(3)});
    ledger.find(1, {500, at(9)});
    ledger.find(2, {500, at(1)});

    EXPECT_EQ(ledger.keys(), (keys{1, 2, 3}));
    EXPECT_EQ(ledger.level(),
              (outbox_level{.rows = 3, .bytes = 1500, .oldest = at(9), .full = true}));
    EXPECT_FALSE(ledger.reserve(1));
    for (auto const key : {1, 2, 3}) ledger.forget(key);
    EXPECT_FALSE(ledger.level().full);
}

}  // namespace
}  // namespace conductor::storage
