#pragma once

#include "span.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

namespace conductor::test {

/** @brief An id whose bytes are `first`, `first + 1`, … */
template <class Id>
Id counted_id(std::uint8_t first) {
    Id id{};
    for (auto& byte : id) byte = first++;
    return id;
}

/** @brief A span with something of everything. */
inline tracing::span some_span(std::string name = "update greet") {
    using std::chrono::nanoseconds;
    using std::chrono::system_clock;
    system_clock::time_point const start{nanoseconds{1'700'000'000'000'000'001}};
    return {.trace = counted_id<tracing::trace_id>(0x01),
            .id = counted_id<tracing::span_id>(0xa0),
            .parent = counted_id<tracing::span_id>(0xb0),
            .state = "rojo=1",
            .name = std::move(name),
            .kind = tracing::span_kind::client,
            .start = start,
            .end = start + nanoseconds{2'000'000},
            .attributes = {{"conductor.task.type", std::string{"greet"}},
                           {"conductor.task.poll_count", std::int64_t{9'007'199'254'740'993}}},
            .events = {{start + nanoseconds{7}, "result stored"}},
            .has_failed = true};
}

}  // namespace conductor::test
