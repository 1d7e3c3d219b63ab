#include <contract/time_budget.hpp>

#include <algorithm>

namespace conductor::workers {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr milliseconds request_timeout_min{1};

}  // namespace

time_budget::time_budget(time_point now, std::optional<time_point> deadline,
                         milliseconds request_limit)
    : deadline_(deadline), request_limit_(request_limit) {
    if (deadline_) begin_until_ = now + (*deadline_ - now) / 5 * 3;
}

nanoseconds time_budget::left(time_point now) const {
    return std::max(nanoseconds{0}, nanoseconds{begin_until_ - now});
}

milliseconds time_budget::request_timeout(time_point now) const {
    if (!deadline_) return request_limit_;
    // A fifth of what is left is kept for the report.
    auto const most = std::chrono::floor<milliseconds>((*deadline_ - now) / 5 * 4);
    return std::clamp(most, request_timeout_min, request_limit_);
}

}  // namespace conductor::workers
