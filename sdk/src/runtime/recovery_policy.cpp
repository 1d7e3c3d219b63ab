#include "runtime/recovery_policy.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace conductor::runtime_detail {
namespace {

using std::chrono::milliseconds;

// From the failure on: a request that is held up on its way arrives late or never.
constexpr std::array<milliseconds, 4> looks_after{milliseconds{0}, milliseconds{2000},
                                                  milliseconds{10'000}, milliseconds{35'000}};
constexpr backoff_options retries{milliseconds{1000}, milliseconds{8000}, 2.0, 0.0};
constexpr std::chrono::minutes unavailable_for{10};
constexpr std::size_t given_back_max = 1000;

}  // namespace

void recovery_policy::suspect(std::string const& type, time_point now) {
    if (now < unavailable_until_) return;
    suspicions_.insert_or_assign(type, suspicion{now, now + looks_after.front()});
}

std::optional<std::string> recovery_policy::due(time_point now) const {
    auto const found =
        std::ranges::find_if(suspicions_, [&](auto const& one) { return one.second.due <= now; });
    return found == suspicions_.end() ? std::nullopt : std::optional{found->first};
}

time_point recovery_policy::next() const {
    auto at = time_point::max();
    for (auto const& [type, one] : suspicions_) at = std::min(at, one.due);
    return at;
}

void recovery_policy::looked(std::string const& type, time_point now) {
    auto const found = suspicions_.find(type);
    if (found == suspicions_.end()) return;
    auto& one = found->second;
    one.failures = 0;
    if (++one.looks == looks_after.size())
        suspicions_.erase(found);
    else
        one.due = std::max(one.since + looks_after[one.looks], now);
}

void recovery_policy::failed(std::string const& type, time_point now) {
    auto const found = suspicions_.find(type);
    if (found == suspicions_.end()) return;
    auto& one = found->second;
    one.due = now + backoff_delay(retries, ++one.failures, 0.0);
}

void recovery_policy::gave_back(std::string_view task_id, std::int64_t poll_count) {
    given_back_.push_back({std::string(task_id), poll_count});
    if (given_back_.size() > given_back_max) given_back_.pop_front();
}

bool recovery_policy::has_given_back(std::string_view task_id, std::int64_t poll_count) const {
    return std::ranges::any_of(given_back_, [&](claim const& one) {
        return one.poll_count == poll_count && one.task_id == task_id;
    });
}

void recovery_policy::unavailable(time_point now) {
    suspicions_.clear();
    trusted_ = false;
    unavailable_until_ = now + unavailable_for;
}

}  // namespace conductor::runtime_detail
