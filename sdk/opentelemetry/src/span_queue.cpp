#include "span_queue.hpp"

#include <algorithm>
#include <utility>

namespace conductor::tracing {

bool span_queue::add(span one, time_point now) {
    if (waiting_.size() >= within_.queue_max) return false;
    waiting_.push_back({std::move(one), now});
    return true;
}

std::optional<time_point> span_queue::due() const {
    if (waiting_.empty()) return std::nullopt;
    auto const first = waiting_.front().since;
    return waiting_.size() >= within_.batch_max ? first : first + within_.delay;
}

std::vector<span> span_queue::take() {
    std::vector<span> batch;
    auto const count = std::min(waiting_.size(), within_.batch_max);
    for (std::size_t at = 0; at < count; ++at) {
        batch.push_back(std::move(waiting_.front().what));
        waiting_.pop_front();
    }
    return batch;
}

void span_queue::hurry(time_point now) {
    for (auto& one : waiting_) one.since = std::min(one.since, now - within_.delay);
}

}  // namespace conductor::tracing
