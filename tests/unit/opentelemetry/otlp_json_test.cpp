#include "otlp_json.hpp"

#include "some_span.hpp"

#include <gtest/gtest.h>

namespace conductor::tracing {
namespace {

TEST(OtlpJsonTest, WritesWhatTheProtocolAsksFor) {
    EXPECT_EQ(to_otlp_json({{"service.name", "greeter"}}, std::vector{test::some_span()}),
              R"({"resourceSpans":[{"resource":{"attributes":[)"
              R"({"key":"service.name","value":{"stringValue":"greeter"}}]},)"
              R"("scopeSpans":[{"scope":{"name":"conductor-cpp"},"spans":[{)"
              R"("traceId":"0102030405060708090a0b0c0d0e0f10","spanId":"a0a1a2a3a4a5a6a7",)"
              R"("parentSpanId":"b0b1b2b3b4b5b6b7","traceState":"rojo=1","flags":1,)"
              R"("name":"update greet","kind":3,)"
              R"("startTimeUnixNano":"1700000000000000001",)"
              R"("endTimeUnixNano":"1700000000002000001","attributes":[)"
              R"({"key":"conductor.task.type","value":{"stringValue":"greet"}},)"
              R"({"key":"conductor.task.poll_count","value":{"intValue":"9007199254740993"}}],)"
              R"("events":[{"timeUnixNano":"1700000000000000008","name":"result stored"}],)"
              R"("status":{"code":2}}]}]}]})");
}

TEST(OtlpJsonTest, LeavesOutWhatASpanDoesNotHave) {
    span const bare{.trace = test::counted_id<trace_id>(1), .name = "task greet"};

    EXPECT_EQ(to_otlp_json({}, std::vector{bare}),
              R"({"resourceSpans":[{"resource":{"attributes":[]},"scopeSpans":[)"
              R"({"scope":{"name":"conductor-cpp"},"spans":[{)"
              R"("traceId":"0102030405060708090a0b0c0d0e0f10","spanId":"0000000000000000",)"
              R"("flags":1,"name":"task greet","kind":1,"startTimeUnixNano":"0",)"
              R"("endTimeUnixNano":"0","attributes":[]}]}]}]})");
}

}  // namespace
}  // namespace conductor::tracing
