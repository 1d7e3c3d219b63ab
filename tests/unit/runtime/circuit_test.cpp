#include "runtime/circuit.hpp"

#include "start.hpp"

#include <gtest/gtest.h>

namespace conductor::runtime_detail {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

failure const timed_out{.code = errc::timed_out};

circuit make_circuit() { return circuit(3, {milliseconds{500}, milliseconds{4000}, 2.0, 0.0}); }

TEST(CircuitTest, OpensAfterFailuresInARow) {
    auto tested = make_circuit();
    EXPECT_FALSE(tested.failed(timed_out, start, 0));
    EXPECT_FALSE(tested.failed(timed_out, start, 0));
    EXPECT_EQ(tested.failed(timed_out, start, 0), milliseconds{500});
    EXPECT_TRUE(tested.blocks(start));
    EXPECT_FALSE(tested.blocks(start + milliseconds{500})) << "one may try";
}

TEST(CircuitTest, EachFailedTryOpensItForLonger) {
    auto tested = make_circuit();
    for (int i = 0; i < 3; ++i) tested.failed(timed_out, start, 0);
    EXPECT_EQ(tested.failed(timed_out, start + seconds{1}, 0), milliseconds{1000});
    EXPECT_EQ(tested.failed(timed_out, start + seconds{3}, 0), milliseconds{2000});
    EXPECT_EQ(tested.failed(timed_out, start + seconds{9}, 0), milliseconds{4000});
    EXPECT_EQ(tested.failed(timed_out, start + seconds{20}, 0), milliseconds{4000});
}

TEST(CircuitTest, WhatEndsLateWhileItIsOpenChangesNothing) {
    auto tested = make_circuit();
    for (int i = 0; i < 3; ++i) tested.failed(timed_out, start, 0);
    EXPECT_FALSE(tested.failed(timed_out, start, 0));
    EXPECT_EQ(tested.open_until(), start + milliseconds{500});
}

TEST(CircuitTest, AnAnswerClosesIt) {
    auto tested = make_circuit();
    EXPECT_FALSE(tested.answered());
    for (int i = 0; i < 3; ++i) tested.failed(timed_out, start, 0);
    EXPECT_TRUE(tested.answered());
    EXPECT_FALSE(tested.is_open());
    EXPECT_FALSE(tested.failed(timed_out, start, 0)) << "the count begins anew";
}

TEST(CircuitTest, AFailureOfOneCallAloneDoesNotCount) {
    auto tested = make_circuit();
    for (int i = 0; i < 10; ++i)
        EXPECT_FALSE(tested.failed({.code = make_http_error(500)}, start, 0));
}

TEST(CircuitTest, ObeysRetryAfterAtOnce) {
    auto tested = make_circuit();
    failure const busy{.code = make_http_error(503), .retry_after = seconds{7}};
    EXPECT_EQ(tested.failed(busy, start, 0), seconds{7});
    EXPECT_TRUE(tested.blocks(start + seconds{6}));
}

}  // namespace
}  // namespace conductor::runtime_detail
