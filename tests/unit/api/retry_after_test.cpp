#include "api/retry_after.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace conductor::api {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

// 1994-11-06 08:49:37, the time in the examples of RFC 9110.
constexpr system_clock::time_point example = sys_days{year{1994} / November / 6} + 8h + 49min + 37s;

TEST(RetryAfterTest, ReadsSeconds) {
    EXPECT_EQ(parse_retry_after("0", example), 0s);
    EXPECT_EQ(parse_retry_after("120", example), 120s);
}

TEST(RetryAfterTest, ReadsTheThreeFormsOfADate) {
    for (auto const* date : {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
                             "Sun Nov  6 08:49:37 1994"})
        EXPECT_EQ(parse_retry_after(date, example - 90s), 90s) << date;
}

TEST(RetryAfterTest, PartOfASecondIsWaitedForWhole) {
    EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", example - 1500ms), 2s);
}

TEST(RetryAfterTest, ADateThatHasPassedAsksForNoWait) {
    EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", example + 1h), 0s);
}

TEST(RetryAfterTest, TwoDigitsOfAYearLieAtMostFiftyYearsAhead) {
    constexpr system_clock::time_point late = sys_days{year{2026} / December / 31} + 23h + 59min;
    EXPECT_EQ(parse_retry_after("Friday, 01-Jan-27 00:00:00 GMT", late), 60s);
    EXPECT_EQ(parse_retry_after("Sunday, 06-Nov-94 08:49:37 GMT", late), 0s);
}

TEST(RetryAfterTest, AnEndlessWaitIsCut) {
    EXPECT_EQ(parse_retry_after("9223372036854775807", example), 365 * 24h);
    EXPECT_EQ(parse_retry_after("Fri, 31 Dec 9999 23:59:59 GMT", example), 365 * 24h);
}

TEST(RetryAfterTest, WhatCannotBeReadSaysNothing) {
    for (auto const* text : {"", " ", "-1", "+1", "1.5", "12s", "soon", "Sun, 06 Nov 1994 08:49:37",
                             "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 31 Feb 1994 08:49:37 GMT",
                             "Sun, 06 Nix 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
                             "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
                             "Sun, 06 Nov 19x4 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT"})
        EXPECT_EQ(parse_retry_after(text, example), std::nullopt) << text;
}

}  // namespace
}  // namespace conductor::api
