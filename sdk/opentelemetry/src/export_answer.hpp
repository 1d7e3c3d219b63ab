#pragma once

#include <conductor/error.hpp>
#include <conductor/http/request.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace conductor::tracing {

/** @brief What becomes of a batch. */
enum class batch_fate {
    /** @brief The receiver has it. */
    taken,
    /** @brief It is sent again. */
    again,
    /** @brief The receiver will never take it. */
    refused,
};

/** @brief What the answer to an export request means. */
struct export_answer {
    /** @brief What becomes of the batch. */
    batch_fate fate = batch_fate::taken;
    /** @brief Spans in it that were refused all the same. */
    std::size_t refused = 0;
    /** @brief How long the receiver asks to wait; none when it does not. */
    std::optional<std::chrono::seconds> wait{};
    /** @brief What went wrong, for people; empty for nothing. */
    std::string error{};

    friend bool operator==(export_answer const&, export_answer const&) = default;
};

/** @brief Reads an answer. What a receiver says may hold what we sent, and is not repeated.
 *  A `Retry-After` that is a date is not read: the wait is then our own.
 *  @par Source  OpenTelemetry protocol, "OTLP/HTTP Response". */
export_answer read_answer(result<http::response> const& answer);

}  // namespace conductor::tracing
