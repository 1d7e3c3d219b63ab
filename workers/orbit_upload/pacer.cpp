#include <orbit_upload/pacer.hpp>

#include <algorithm>

namespace conductor::workers {

pace_turn pacer::take(time_point now, std::chrono::nanoseconds interval,
                      std::chrono::nanoseconds patience) {
    auto at = now;
    if (last_) at = std::max(at, *last_ + std::chrono::ceil<time_point::duration>(interval));
    if (pause_end_) at = std::max(at, *pause_end_);
    if (at - now > patience) return {at, false};
    last_ = at;
    return {at, true};
}

void pacer::pause(time_point until) {
    pause_end_ = pause_end_ ? std::max(*pause_end_, until) : until;
}

bool pacer::paused(time_point now) const { return pause_end_ && now < *pause_end_; }

}  // namespace conductor::workers
