#include "http/reuse.hpp"

#include <gtest/gtest.h>

namespace conductor::http {
namespace {

using namespace std::chrono_literals;

TEST(ReuseTest, AFreshlyUsedConnectionIsUsedUnasked) {
    EXPECT_EQ(judge_idle(0s, 15s), idle_verdict::use);
    EXPECT_EQ(judge_idle(1s, 15s), idle_verdict::use);
}

TEST(ReuseTest, AfterASecondTheSystemIsAsked) {
    EXPECT_EQ(judge_idle(1001ms, 15s), idle_verdict::probe);
    EXPECT_EQ(judge_idle(15s, 15s), idle_verdict::probe);
}

TEST(ReuseTest, OneThatRestedTooLongIsDropped) {
    EXPECT_EQ(judge_idle(15001ms, 15s), idle_verdict::drop);
    EXPECT_EQ(judge_idle(11ms, 10ms), idle_verdict::drop);
}

request with_method(std::string method) { return {.method = std::move(method)}; }

constexpr attempt_progress dead_connection{.on_kept_connection = true,
                                           .may_have_arrived = true,
                                           .answer_began = false,
                                           .peer_closed = true};

TEST(ReuseTest, HarmlessMethodsAreRepeated) {
    for (auto const* method : {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
        EXPECT_TRUE(may_repeat(with_method(method), dead_connection)) << method;
    for (auto const* method : {"POST", "PATCH", "get", ""})
        EXPECT_FALSE(may_repeat(with_method(method), dead_connection)) << method;
}

TEST(ReuseTest, TheCallerKnowsBetterThanTheMethod) {
    auto poll = with_method("GET");
    poll.repeatable = false;
    EXPECT_FALSE(may_repeat(poll, dead_connection));
    auto update = with_method("POST");
    update.repeatable = true;
    EXPECT_TRUE(may_repeat(update, dead_connection));
}

TEST(ReuseTest, WhatNeverLeftIsRepeatedWhateverItIs) {
    auto progress = dead_connection;
    progress.may_have_arrived = false;
    EXPECT_TRUE(may_repeat(with_method("POST"), progress));
}

TEST(ReuseTest, AFreshConnectionIsNoExcuse) {
    auto progress = dead_connection;
    progress.on_kept_connection = false;
    EXPECT_FALSE(may_repeat(with_method("GET"), progress));
}

TEST(ReuseTest, AnAnswerThatBeganIsNotAskedForAgain) {
    auto progress = dead_connection;
    progress.answer_began = true;
    EXPECT_FALSE(may_repeat(with_method("GET"), progress));
}

TEST(ReuseTest, ATimeLimitOrAStopIsFinal) {
    auto progress = dead_connection;
    progress.peer_closed = false;
    EXPECT_FALSE(may_repeat(with_method("GET"), progress));
}

}  // namespace
}  // namespace conductor::http
