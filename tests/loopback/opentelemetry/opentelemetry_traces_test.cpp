#include <conductor/opentelemetry.hpp>

#include "otlp_receiver.hpp"

#include <conductor/config_error.hpp>
#include <fakes/time_limit.hpp>

#include <gtest/gtest.h>
#include <boost/json/object.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace conductor {
namespace {

using namespace std::chrono_literals;

constexpr auto parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

struct OpentelemetryTracesTest : testing::Test {
    test::otlp_receiver receiver;
    opentelemetry_options options{.endpoint = receiver.url(), .batch_delay = 1h};
    task claimed{{{"taskId", "t-1"},
                  {"taskType", "greet"},
                  {"workflowInstanceId", "w-1"},
                  {"inputData", {{"traceparent", parent}, {"password", "of the input"}}}}};
    task_update update;

    OpentelemetryTracesTest() {
        update.task_id = "t-1";
        update.task_type = "greet";
        update.output = {{"password", "of the output"}};
    }

    void run_task(opentelemetry_traces& traces) {
        auto const outcome = task_result::failed("a reason with a password", update.output);
        traces.on(events::started{.task = claimed, .claim_took = 30ms});
        traces.on(events::finished{.task = claimed, .outcome = outcome, .took = 1ms});
        traces.on(events::updated{.update = update, .took = 10ms});
    }
};

TEST_F(OpentelemetryTracesTest, SendsATasksSpansAsTheProtocolSays) {
    opentelemetry_traces traces{options};
    run_task(traces);

    EXPECT_TRUE(traces.flush(test::time_limit));
    EXPECT_EQ(receiver.faults(), std::vector<std::string>{});
    auto const spans = receiver.spans();
    ASSERT_EQ(spans.size(), 4U);
    for (auto const& span : spans)
        EXPECT_EQ(span.at("traceId"), "4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_EQ(spans[3].at("name"), "task greet");
    EXPECT_EQ(spans[3].at("parentSpanId"), "00f067aa0ba902b7");
    EXPECT_EQ(spans[0].at("parentSpanId"), spans[3].at("spanId"));
    EXPECT_EQ(traces.counts(), (trace_counts{.exported = 4}));
}

TEST_F(OpentelemetryTracesTest, NeverSendsInputsOutputsOrReasons) {
    opentelemetry_traces traces{options};
    run_task(traces);
    EXPECT_TRUE(traces.flush(test::time_limit));

    for (auto const& request : receiver.server().requests())
        EXPECT_EQ(request.body.find("password"), std::string::npos);
}

TEST_F(OpentelemetryTracesTest, SendsHeadersAndResource) {
    options.headers = {{"api-key", "a key"}};
    options.resource = {{"service.name", "greeter"}};
    opentelemetry_traces traces{options};
    run_task(traces);
    EXPECT_TRUE(traces.flush(test::time_limit));

    auto const request = receiver.server().requests().at(0);
    EXPECT_EQ(request.headers.find("api-key"), "a key");
    EXPECT_NE(request.body.find(R"("service.name","value":{"stringValue":"greeter"})"),
              std::string::npos);
}

TEST_F(OpentelemetryTracesTest, AWholeBatchGoesAtOnce) {
    options.batch_max = 2;
    opentelemetry_traces traces{options};
    run_task(traces);

    EXPECT_TRUE(receiver.wait_for_spans(4));
    EXPECT_EQ(receiver.server().requests().size(), 2U);
}

TEST_F(OpentelemetryTracesTest, WhatIsLeftIsSentAtTheEnd) {
    {
        opentelemetry_traces traces{options};
        run_task(traces);
    }

    EXPECT_EQ(receiver.spans().size(), 4U);
}

TEST_F(OpentelemetryTracesTest, ABusyReceiverIsAskedAgain) {
    options.backoff = {1ms, 2ms};
    receiver.server().answer_next({.status = 503, .headers = {{"Retry-After", "0"}}});
    receiver.server().answer_next({.status = 429});
    receiver.server().answer_next({.delivery = test::delivery::nothing});
    opentelemetry_traces traces{options};
    run_task(traces);

    EXPECT_TRUE(traces.flush(test::time_limit));
    auto const counts = traces.counts();
    EXPECT_EQ(counts.exported, 4U);
    EXPECT_EQ(counts.refused, 0U);
    EXPECT_NE(counts.last_error, "");
    EXPECT_EQ(receiver.server().requests().size(), 4U);
}

TEST_F(OpentelemetryTracesTest, WhatTheReceiverRefusesIsCountedAndGone) {
    receiver.server().answer_next({.status = 400});
    opentelemetry_traces traces{options};
    run_task(traces);

    EXPECT_TRUE(traces.flush(test::time_limit));
    EXPECT_EQ(traces.counts(), (trace_counts{.refused = 4, .last_error = "HTTP 400"}));
    EXPECT_EQ(receiver.server().requests().size(), 1U);
}

TEST_F(OpentelemetryTracesTest, WithoutRoomSpansAreDroppedAndCounted) {
    options.queue_max = 3;
    opentelemetry_traces traces{options};
    run_task(traces);
    EXPECT_TRUE(traces.flush(test::time_limit));

    EXPECT_EQ(traces.counts(), (trace_counts{.exported = 3, .dropped = 1}));
}

TEST_F(OpentelemetryTracesTest, ABatchIsNotTriedForever) {
    options.retry_for = 0ms;
    receiver.server().answer_next({.status = 503});
    opentelemetry_traces traces{options};
    run_task(traces);
    EXPECT_TRUE(traces.flush(test::time_limit));

    EXPECT_EQ(traces.counts(), (trace_counts{.dropped = 4, .last_error = "HTTP 503"}));
}

TEST_F(OpentelemetryTracesTest, TheEndDoesNotWaitForAReceiverThatHangs) {
    options.stop_limit = 1ms;
    auto const never = receiver.server().make_gate();
    receiver.server().answer_next({.hold = never});
    {
        opentelemetry_traces traces{options};
        run_task(traces);
    }

    never->open();
    EXPECT_TRUE(receiver.spans().empty());
}

TEST_F(OpentelemetryTracesTest, SettingsThatCannotBeUsedAreRefused) {
    options.endpoint = "otel:4318";
    EXPECT_THROW(opentelemetry_traces{options}, config_error);
    options.endpoint = receiver.url();
    options.batch_max = 0;
    EXPECT_THROW(opentelemetry_traces{options}, config_error);
}

TEST(OtlpReceiverTest, RefusesWhatTheProtocolDoesNotSay) {
    std::string const good = R"({"resourceSpans":[{"scopeSpans":[{"spans":[{)"
                             R"("traceId":"4bf92f3577b34da6a3ce929d0e0e4736",)"
                             R"("spanId":"00f067aa0ba902b7","name":"a","kind":3,)"
                             R"("startTimeUnixNano":"1","endTimeUnixNano":"2"}]}]}]})";
    EXPECT_EQ(test::otlp_fault(good), "");
    auto const with = [&good](std::string_view before, std::string_view after) {
        auto changed = good;
        changed.replace(changed.find(before), before.size(), after);
        return test::otlp_fault(changed);
    };

    EXPECT_NE(with("4bf92f35", "4bf92f3"), "");
    EXPECT_NE(with("00f067aa0ba902b7", "0000000000000000"), "");
    EXPECT_NE(with("\"1\"", "1"), "");
    EXPECT_NE(with("\"kind\":3", "\"kind\":\"SPAN_KIND_CLIENT\""), "");
    EXPECT_NE(with("traceId", "trace_id"), "");
    EXPECT_NE(with("\"name\":\"a\",", ""), "");
    EXPECT_NE(test::otlp_fault("protobuf"), "");
}

}  // namespace
}  // namespace conductor
