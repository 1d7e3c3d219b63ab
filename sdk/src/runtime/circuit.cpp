#include "runtime/circuit.hpp"

#include <algorithm>
#include <utility>

namespace conductor::runtime_detail {
namespace {

bool is_of_the_server(failure const& error) {
    return error.code == condition::network || error.code == make_http_error(429) ||
           error.code == make_http_error(503);
}

}  // namespace

circuit::circuit(unsigned failures_max, backoff_options waits)
    : failures_max_(failures_max), waits_(waits) {}

std::optional<std::chrono::milliseconds> circuit::failed(failure const& error, time_point now,
                                                         double chance) {
    if (!is_of_the_server(error)) return std::nullopt;
    ++failures_;
    bool const asked_to_wait = error.retry_after.has_value();
    if (blocks(now) || (!open_ && !asked_to_wait && failures_ < failures_max_)) return std::nullopt;
    open_ = true;
    auto delay = backoff_delay(waits_, ++openings_, chance);
    if (asked_to_wait) delay = std::max<std::chrono::milliseconds>(delay, *error.retry_after);
    open_until_ = now + delay;
    return delay;
}

bool circuit::answered() {
    failures_ = openings_ = 0;
    return std::exchange(open_, false);
}

}  // namespace conductor::runtime_detail
