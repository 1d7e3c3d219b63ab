#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace conductor::tracing {

/** @brief Names a trace. */
using trace_id = std::array<std::uint8_t, 16>;
/** @brief Names a span within its trace. */
using span_id = std::array<std::uint8_t, 8>;

/** @brief The span that caused something, as it is told from one program to the next. */
struct trace_context {
    /** @brief Its trace. */
    trace_id trace{};
    /** @brief The span. */
    span_id span{};
    /** @brief Whether the sender traces it. */
    bool sampled = false;
    /** @brief What tracing systems add, passed on as it is; empty for nothing. */
    std::string state{};

    friend bool operator==(trace_context const&, trace_context const&) = default;
};

/** @brief Reads the two header values of W3C Trace Context.
 *
 *  @param state  One that is not as it should be is left out, the parent alone counts then.
 *  @return None when the parent is not as it should be.
 *  @par Source  W3C Trace Context §3.2.2 and §3.3.1.
 */
std::optional<trace_context> parse_trace_context(std::string_view parent, std::string_view state);

/** @brief Bytes in lower-case hexadecimal digits. */
std::string to_hex(std::span<std::uint8_t const> bytes);

}  // namespace conductor::tracing
