#pragma once

#include <conductor/backoff.hpp>
#include <conductor/environment.hpp>
#include <conductor/http/client.hpp>
#include <conductor/observer.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace conductor {

/** @brief Which tasks are traced. */
struct trace_sampling {
    /** @brief A task whose input names a trace is traced when its sender traces it. */
    bool parent_based = true;
    /** @brief The part of all other tasks that is traced, from 0 to 1. */
    double ratio = 1.0;

    friend bool operator==(trace_sampling const&, trace_sampling const&) = default;
};

/** @brief Where `opentelemetry_traces` sends spans, and which. */
struct opentelemetry_options {
    /** @brief The receiver, OTLP over HTTP; the whole URL. */
    std::string endpoint = "http://localhost:4318/v1/traces";
    /** @brief Sent with each request, credentials as a rule. */
    http::headers headers{};
    /** @brief Attributes of this process, `service.name` first of all. */
    std::vector<std::pair<std::string, std::string>> resource{{"service.name", "conductor-worker"}};
    /** @brief Which tasks are traced. */
    trace_sampling sampling{};
    /** @brief Spans that wait to be sent; further ones are dropped and counted. */
    std::size_t queue_max = 2048;
    /** @brief Spans in one request. */
    std::size_t batch_max = 512;
    /** @brief A span waits no longer for others. */
    std::chrono::milliseconds batch_delay{std::chrono::seconds{5}};
    /** @brief One limit over one request. */
    std::chrono::milliseconds timeout{std::chrono::seconds{10}};
    /** @brief Waits after a failure that may pass; `Retry-After` wins over them. */
    backoff_options backoff{std::chrono::seconds{1}, std::chrono::seconds{30}};
    /** @brief A batch is not tried for longer. */
    std::chrono::milliseconds retry_for{std::chrono::minutes{5}};
    /** @brief How long the end waits for what is left to be sent. */
    std::chrono::milliseconds stop_limit{std::chrono::seconds{5}};
    /** @brief TLS, proxies, limits. */
    http::client_options http{};
    /** @brief Clock and chance of the thread that sends. */
    conductor::environment environment = environment::system();
    /** @brief Chance of the ids of traces and spans, on the runtime's thread. */
    std::shared_ptr<random_source> ids = environment::system().random;

    /** @brief What OpenTelemetry's environment variables say; none when they ask for no traces:
     *  no endpoint is set, `OTEL_SDK_DISABLED=true` or `OTEL_TRACES_EXPORTER=none`.
     *
     *  Read are `OTEL_EXPORTER_OTLP_{TRACES_,}{ENDPOINT,HEADERS,TIMEOUT,PROTOCOL,CERTIFICATE,
     *  CLIENT_CERTIFICATE,CLIENT_KEY}`, `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES`,
     *  `OTEL_TRACES_SAMPLER{,_ARG}` and `OTEL_BSP_{SCHEDULE_DELAY,MAX_QUEUE_SIZE,
     *  MAX_EXPORT_BATCH_SIZE}`; proxies as for the server.
     *  @throws config_error naming the variable. */
    static std::optional<opentelemetry_options> from_environment();
};

/** @brief What became of spans. */
struct trace_counts {
    /** @brief The receiver has taken them. */
    std::size_t exported = 0;
    /** @brief There was no room, or no time left to send them. */
    std::size_t dropped = 0;
    /** @brief The receiver refused them for good. */
    std::size_t refused = 0;
    /** @brief Why sending failed last, for people; empty when it never did. */
    std::string last_error{};

    friend bool operator==(trace_counts const&, trace_counts const&) = default;
};

/** @brief Traces tasks with OpenTelemetry.
 *
 *  A task's input may name the trace that it belongs to, as W3C Trace Context does: the members
 *  `traceparent` and `tracestate`. Each task is a span with three kinds of spans below it: the
 *  poll that brought it, the handler's run, and each attempt to report the result. They hold ids,
 *  names, statuses and kinds of errors; inputs, outputs, reasons and logs never.
 *
 *  A thread of its own sends them in batches as JSON (OTLP/HTTP).
 *  @par Threads   `on()` on the runtime's thread, the rest from any.
 *  @par Lifetime  Its end sends what is left, for `stop_limit` at the most.
 *  @par Source    W3C Trace Context, OpenTelemetry protocol 1.x, semantic conventions for
 *                 messaging.
 */
class opentelemetry_traces final : public runtime_observer {
public:
    /** @brief Starts the thread; opens no connection yet.
     *  @throws config_error when the options cannot be used. */
    explicit opentelemetry_traces(opentelemetry_options options);
    opentelemetry_traces(opentelemetry_traces const&) = delete;
    opentelemetry_traces& operator=(opentelemetry_traces const&) = delete;
    ~opentelemetry_traces() override;

    void on(runtime_event const& event) override;

    /** @brief Sends what there is at once, and waits for that.
     *  @return Whether nothing is left. */
    bool flush(std::chrono::milliseconds limit);
    /** @brief What became of the spans so far. */
    trace_counts counts() const;

private:
    class implementation;
    std::unique_ptr<implementation> implementation_;
};

}  // namespace conductor
