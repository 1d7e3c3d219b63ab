#include <daemon/control/task_rate.hpp>

#include <chrono>

namespace conductor::daemon {
namespace {

std::int64_t second_of(time_point moment) {
    return std::chrono::floor<std::chrono::seconds>(moment.time_since_epoch()).count();
}

}  // namespace

void task_rate::count(time_point now) {
    auto const number = second_of(now);
    auto& place = seconds_[static_cast<std::size_t>(number) % seconds_.size()];
    if (place.number != number) place = {number, 0};
    ++place.count;
}

std::size_t task_rate::last_minute(time_point now) const {
    auto const oldest = second_of(now) - static_cast<std::int64_t>(seconds_.size());
    std::size_t sum = 0;
    for (second const& one : seconds_)
        if (one.number > oldest) sum += one.count;
    return sum;
}

}  // namespace conductor::daemon
