#include "span_exporter.hpp"

#include "otlp_receiver.hpp"

#include <support/fixed_random.hpp>
#include <support/manual_clock.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace conductor::tracing {
namespace {

using namespace std::chrono_literals;

struct SpanExporterTest : testing::Test {
    test::otlp_receiver receiver;
    std::shared_ptr<test::manual_clock> clock = std::make_shared<test::manual_clock>();
    opentelemetry_options options{.endpoint = receiver.url(), .stop_limit = 0ms};
    time_point began = clock->now();

    SpanExporterTest() {
        options.environment.clock = clock;
        options.environment.random = std::make_shared<test::fixed_random>();
    }

    static std::vector<span> some() {
        return {span{.trace = {1}, .id = {1}, .name = "task greet"}};
    }
};

TEST_F(SpanExporterTest, ASpanWaitsForOthersAsLongAsItMay) {
    span_exporter exporter{options};
    exporter.add(some());
    EXPECT_TRUE(clock->wait_for_sleeper_until(began + 5s));
    clock->advance(4s);
    exporter.add(some());
    EXPECT_TRUE(receiver.spans().empty());

    clock->advance(1s);

    EXPECT_TRUE(receiver.wait_for_spans(2));
    EXPECT_EQ(receiver.server().requests().size(), 1U);
}

TEST_F(SpanExporterTest, WaitsAsLongAsTheReceiverAsksFor) {
    receiver.server().answer_next({.status = 503, .headers = {{"Retry-After", "90"}}});
    options.batch_max = 1;
    span_exporter exporter{options};
    exporter.add(some());
    EXPECT_TRUE(clock->wait_for_sleeper_until(began + 90s));

    clock->advance(90s);

    EXPECT_TRUE(receiver.wait_for_spans(1));
}

TEST_F(SpanExporterTest, WaitsLongerWithEachFailure) {
    for (int attempt = 0; attempt < 3; ++attempt) receiver.server().answer_next({.status = 503});
    options.batch_max = 1;
    span_exporter exporter{options};
    exporter.add(some());
    // One second, then two, then four: no part of them is left to this chance.
    for (auto const until : {1s, 3s, 7s}) {
        EXPECT_TRUE(clock->wait_for_sleeper_until(began + until));
        clock->advance_to_next();
    }

    EXPECT_TRUE(receiver.wait_for_spans(1));
}

TEST_F(SpanExporterTest, NewSpansDoNotShortenAWait) {
    receiver.server().answer_next({.status = 503, .headers = {{"Retry-After", "90"}}});
    options.batch_max = 1;
    span_exporter exporter{options};
    exporter.add(some());
    EXPECT_TRUE(clock->wait_for_sleeper_until(began + 90s));

    exporter.add(some());
    EXPECT_TRUE(clock->wait_for_sleeper_until(began + 90s));
    EXPECT_EQ(receiver.server().requests().size(), 1U);

    clock->advance(90s);
    EXPECT_TRUE(receiver.wait_for_spans(2));
}

}  // namespace
}  // namespace conductor::tracing
