// `traceparent` in the first line, `tracestate` in the rest.

#include "fuzz.hpp"

#include "trace_context.hpp"

#include <string>

namespace conductor::fuzz {

void try_input(std::string_view input) {
    auto const [parent, state] = split_line(input);
    auto const read = tracing::parse_trace_context(parent, state);
    if (!read) return;
    require(read->trace != tracing::trace_id{}, "a trace is not all zeros");
    require(read->span != tracing::span_id{}, "a span is not all zeros");
    require(read->state.empty() || read->state.size() <= state.size(), "a state does not grow");
    auto const written = "00-" + tracing::to_hex(read->trace) + '-' + tracing::to_hex(read->span) +
                         (read->sampled ? "-01" : "-00");
    auto const again = tracing::parse_trace_context(written, read->state);
    require(again && *again == *read, "a context that was written is read as it was");
}

}  // namespace conductor::fuzz
