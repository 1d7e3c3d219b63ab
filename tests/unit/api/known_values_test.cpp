#include "api/known_values.hpp"

#include <gtest/gtest.h>

namespace conductor::api {
namespace {

std::string object(std::string const& name) {
    return R"({"name":")" + name + R"(","text":")" + std::string(80, 'x') + "\"}";
}

std::string left_after(known_values& known, std::string const& text) {
    plain_json cursor(text);
    return known.skip(cursor) ? std::string(cursor.rest()) : "unknown";
}

TEST(KnownValuesTest, AValueThatStandsAgainIsSteppedOver) {
    known_values known;
    EXPECT_EQ(left_after(known, object("a") + ","), "unknown");
    known.remember(object("a"));
    EXPECT_EQ(left_after(known, object("a") + ",\"more\""), ",\"more\"");
    EXPECT_EQ(left_after(known, object("b")), "unknown");
    auto cut = object("a");
    cut.pop_back();
    EXPECT_EQ(left_after(known, cut), "unknown");
}

TEST(KnownValuesTest, SeveralAreKeptAndTheOneUnseenForLongestGoes) {
    known_values known;
    for (int value = 0; value < 16; ++value) known.remember(object(std::to_string(value)));
    EXPECT_EQ(left_after(known, object("0")), "") << "and is the one seen last now";
    known.remember(object("new"));
    EXPECT_EQ(left_after(known, object("0")), "");
    EXPECT_EQ(left_after(known, object("new")), "");
    EXPECT_EQ(left_after(known, object("1")), "unknown");
}

TEST(KnownValuesTest, WhatIsShortOrLongIsNotKept) {
    known_values known;
    known.remember("{}");
    EXPECT_EQ(left_after(known, "{}"), "unknown");
    std::string const large = "{\"a\":\"" + std::string(20'000, 'x') + "\"}";
    known.remember(large);
    EXPECT_EQ(left_after(known, large), "unknown");
}

}  // namespace
}  // namespace conductor::api
