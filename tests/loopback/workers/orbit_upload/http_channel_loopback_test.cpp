#include "sink_case.hpp"

#include <orbit_upload/orbit_sink.hpp>

#include <gtest/gtest.h>

#include <thread>

namespace conductor::workers {
namespace {

struct HttpChannelTest : testing::Test, test::sink_case {
    orbit_sink sink{channel("/api/v1")};
    std::stop_source stop;
};

TEST_F(HttpChannelTest, AStopGivesUpARequestUnderWay) {
    auto const gate = server.make_gate();
    server.answer_next({.hold = gate});
    std::thread stopper{[this, gate] {
        gate->wait_for_arrivals();
        stop.request_stop();
    }};

    auto const reports = deliver(sink, {{{"key", "a"}}}, stop.get_token());
    stopper.join();

    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].outcome, delivery_outcome::stopped);
}

TEST_F(HttpChannelTest, ASinkThatRepeatsTheKeyIsNotRepeated) {
    server.answer_next({.status = 422, .body = R"({"errors": {"base": ["k3y is unknown"]}})"});

    auto const reports = deliver(sink, {{{"key", "a"}}});

    EXPECT_EQ(reports.at(0).errors, R"({"base":["*** is unknown"]})");
}

TEST_F(HttpChannelTest, AConnectionThatNobodyTakesIsANetworkFailure) {
    server.go_down();

    EXPECT_EQ(deliver(sink, {{{"key", "a"}}}).at(0).why.code, codes::sink_network);
}

}  // namespace
}  // namespace conductor::workers
