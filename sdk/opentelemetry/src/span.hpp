#pragma once

#include "trace_context.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace conductor::tracing {

/** @brief What a span is to the outside, numbered as OTLP does. */
enum class span_kind {
    /** @brief Work of this process. */
    internal = 1,
    /** @brief A request that it sends. */
    client = 3,
    /** @brief Work on something that was queued for it. */
    consumer = 5,
};

/** @brief A fact about a span. */
struct attribute {
    /** @brief Its name. */
    std::string key;
    /** @brief Its value. */
    std::variant<std::string, std::int64_t> value;

    friend bool operator==(attribute const&, attribute const&) = default;
};

/** @brief Something that happened during a span. */
struct span_event {
    /** @brief When. */
    std::chrono::system_clock::time_point time{};
    /** @brief What. */
    std::string name;

    friend bool operator==(span_event const&, span_event const&) = default;
};

/** @brief A piece of work with a beginning and an end. */
struct span {
    /** @brief The trace that it belongs to. */
    trace_id trace{};
    /** @brief Its own name within it. */
    span_id id{};
    /** @brief The span that it is a part of; none for the first of a trace. */
    std::optional<span_id> parent{};
    /** @brief See `trace_context::state`. */
    std::string state{};
    /** @brief What is done; of few different ones. */
    std::string name;
    /** @brief What it is to the outside. */
    span_kind kind = span_kind::internal;
    /** @brief When it began. */
    std::chrono::system_clock::time_point start{};
    /** @brief When it ended. */
    std::chrono::system_clock::time_point end{};
    /** @brief Facts. */
    std::vector<attribute> attributes{};
    /** @brief What happened meanwhile. */
    std::vector<span_event> events{};
    /** @brief Whether it failed. */
    bool has_failed = false;

    friend bool operator==(span const&, span const&) = default;
};

}  // namespace conductor::tracing
