#include "trace_variables.hpp"

#include <conductor/config_error.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <string>

namespace conductor::tracing {
namespace {

using namespace std::chrono_literals;
using variables = std::map<std::string, std::string>;
using pairs = std::vector<std::pair<std::string, std::string>>;

auto reader(variables const& from) {
    return [from](std::string const& name) -> std::optional<std::string> {
        auto const found = from.find(name);
        if (found == from.end()) return std::nullopt;
        return found->second;
    };
}

std::optional<opentelemetry_options> read_from(variables const& from) {
    return read_options(reader(from));
}

opentelemetry_options read_with(variables from) {
    from.emplace("OTEL_EXPORTER_OTLP_ENDPOINT", "http://otel:4318");
    return read_from(from).value();
}

std::string refusal(variables from) {
    try {
        read_with(std::move(from));
    } catch (config_error const& error) {
        return error.what();
    }
    return "not refused";
}

TEST(TraceVariablesTest, AskForNoTracesWithoutAnEndpoint) {
    EXPECT_FALSE(read_from({}));
    EXPECT_FALSE(read_from({{"OTEL_SERVICE_NAME", "greeter"}}));
}

TEST(TraceVariablesTest, MayTurnTracesOff) {
    EXPECT_FALSE(
        read_from({{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://a"}, {"OTEL_SDK_DISABLED", "true"}}));
    EXPECT_FALSE(
        read_from({{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://a"}, {"OTEL_TRACES_EXPORTER", "none"}}));
}

TEST(TraceVariablesTest, TheEndpointForTracesIsTakenAsItIs) {
    EXPECT_EQ(read_from({{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://a:4318"}})->endpoint,
              "http://a:4318/v1/traces");
    EXPECT_EQ(read_from({{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://a/otlp/"}})->endpoint,
              "http://a/otlp/v1/traces");
    EXPECT_EQ(read_from({{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://a"},
                         {"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://b/t"}})
                  ->endpoint,
              "http://b/t");
}

TEST(TraceVariablesTest, HeadersForTracesReplaceThoseForAll) {
    EXPECT_EQ(read_with({{"OTEL_EXPORTER_OTLP_HEADERS", "api-key=a%20b, x=1"}}).headers,
              (http::headers{{"api-key", "a b"}, {"x", "1"}}));
    EXPECT_EQ(read_with({{"OTEL_EXPORTER_OTLP_HEADERS", "a=1"},
                         {"OTEL_EXPORTER_OTLP_TRACES_HEADERS", "b=2"}})
                  .headers,
              (http::headers{{"b", "2"}}));
}

TEST(TraceVariablesTest, TheServicesNameWinsOverTheAttributes) {
    EXPECT_EQ(read_with({}).resource, (pairs{{"service.name", "conductor-worker"}}));
    EXPECT_EQ(read_with({{"OTEL_RESOURCE_ATTRIBUTES", "service.name=a,deployment=b%2Cc"}}).resource,
              (pairs{{"service.name", "a"}, {"deployment", "b,c"}}));
    EXPECT_EQ(read_with({{"OTEL_RESOURCE_ATTRIBUTES", "service.name=a"},
                         {"OTEL_SERVICE_NAME", "greeter"}})
                  .resource,
              (pairs{{"service.name", "greeter"}}));
}

TEST(TraceVariablesTest, NameTheSampler) {
    EXPECT_EQ(read_with({}).sampling, (trace_sampling{true, 1}));
    EXPECT_EQ(read_with({{"OTEL_TRACES_SAMPLER", "always_off"}}).sampling,
              (trace_sampling{false, 0}));
    EXPECT_EQ(read_with({{"OTEL_TRACES_SAMPLER", "parentbased_traceidratio"},
                         {"OTEL_TRACES_SAMPLER_ARG", "0.25"}})
                  .sampling,
              (trace_sampling{true, 0.25}));
    EXPECT_EQ(read_with({{"OTEL_TRACES_SAMPLER", "traceidratio"}}).sampling,
              (trace_sampling{false, 1}));
}

TEST(TraceVariablesTest, NumbersAndFilesAreTakenOver) {
    auto const read = read_with({{"OTEL_BSP_SCHEDULE_DELAY", "100"},
                                 {"OTEL_BSP_MAX_QUEUE_SIZE", "7"},
                                 {"OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "3"},
                                 {"OTEL_EXPORTER_OTLP_TIMEOUT", "2500"},
                                 {"OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"},
                                 {"OTEL_EXPORTER_OTLP_CERTIFICATE", "ca.pem"},
                                 {"OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE", "me.pem"},
                                 {"OTEL_EXPORTER_OTLP_CLIENT_KEY", "me.key"}});

    EXPECT_EQ(read.batch_delay, 100ms);
    EXPECT_EQ(read.queue_max, 7U);
    EXPECT_EQ(read.batch_max, 3U);
    EXPECT_EQ(read.timeout, 2500ms);
    EXPECT_EQ(
        read.http.tls,
        (http::tls_options{.ca_file = "ca.pem", .cert_file = "me.pem", .key_file = "me.key"}));
}

TEST(TraceVariablesTest, WhatCannotBeUsedIsNamedAndNotRepeated) {
    EXPECT_EQ(refusal({{"OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "grpc"}}),
              "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: this program speaks http/json only; name the "
              "receiver's HTTP port (4318) and http/json");
    EXPECT_EQ(refusal({{"OTEL_EXPORTER_OTLP_HEADERS", "a secret without its name"}}),
              "OTEL_EXPORTER_OTLP_HEADERS: expected key=value,key=value with percent-encoded "
              "values");
    EXPECT_EQ(refusal({{"OTEL_RESOURCE_ATTRIBUTES", "a=%4"}}),
              "OTEL_RESOURCE_ATTRIBUTES: expected key=value,key=value with percent-encoded values");
    EXPECT_EQ(refusal({{"OTEL_BSP_MAX_QUEUE_SIZE", "0"}}),
              "OTEL_BSP_MAX_QUEUE_SIZE: expected a whole number from 1 on");
    EXPECT_EQ(refusal({{"OTEL_TRACES_SAMPLER", "jaeger_remote"}}),
              "OTEL_TRACES_SAMPLER: expected always_on, always_off or traceidratio, or one of them "
              "with parentbased_ before it");
    for (auto const* const ratio : {"", "-0.1", "1.1", "half", "0.5x"})
        EXPECT_EQ(
            refusal({{"OTEL_TRACES_SAMPLER", "traceidratio"}, {"OTEL_TRACES_SAMPLER_ARG", ratio}}),
            "OTEL_TRACES_SAMPLER_ARG: expected a number from 0 to 1");
}

TEST(ReadPairsTest, KeepsOrderAndLeavesEmptyPartsOut) {
    EXPECT_EQ(read_pairs(" a = 1 ,, b=2=3,"), (pairs{{"a", "1"}, {"b", "2=3"}}));
    EXPECT_EQ(read_pairs(""), pairs{});
    EXPECT_EQ(read_pairs("a"), std::nullopt);
    EXPECT_EQ(read_pairs("=1"), std::nullopt);
    EXPECT_EQ(read_pairs("a=%zz"), std::nullopt);
}

}  // namespace
}  // namespace conductor::tracing
