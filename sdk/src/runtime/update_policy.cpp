#include "runtime/update_policy.hpp"

#include <algorithm>

namespace conductor::runtime_detail {
namespace {

constexpr std::chrono::minutes v2_retry{10};

bool may_pass(error_code code) {
    return code == condition::transient || code == condition::unauthorized;
}

}  // namespace

update_call update_v2_support::choose(bool wanted, time_point now) const {
    return wanted && now >= retry_at_ ? update_call::with_poll : update_call::plain;
}

void update_v2_support::missing(time_point now) { retry_at_ = now + v2_retry; }

update_policy::update_policy(update_call first, backoff_options backoff, time_point give_up)
    : call_(first), backoff_(backoff), give_up_(give_up) {}

update_policy::verdict update_policy::failed(failure const& error, time_point now, double chance) {
    auto const failed_call = call_;
    // If the answer of update-v2 was lost, repeating it would claim another task.
    call_ = update_call::plain;
    if (failed_call == update_call::with_poll && error.code == condition::unsupported) {
        // A 404 may as well mean the task; the plain call tells.
        v2_not_found_ = error.code == condition::gone;
        return {std::chrono::milliseconds{0}, !v2_not_found_};
    }
    if (!may_pass(error.code) || now >= give_up_) return {};
    ++failures_;
    auto delay = backoff_delay(backoff_, failures_, chance);
    if (error.retry_after) delay = std::max<std::chrono::milliseconds>(delay, *error.retry_after);
    return {delay};
}

}  // namespace conductor::runtime_detail
