#include <daemon/commands/throttle.hpp>

#include <daemon/log/printable.hpp>

#include <conductor/backoff.hpp>

#include <algorithm>
#include <utility>

namespace conductor::daemon {
namespace {

using std::chrono::milliseconds;

constexpr unsigned repetitions_max = 5;
constexpr std::chrono::seconds wait_max{60};
constexpr backoff_options waits{milliseconds{500}, std::chrono::seconds{10}};

}  // namespace

std::optional<milliseconds> throttle::next(failure const& error, double chance) {
    if (error.code != make_http_error(429) || failures_ == repetitions_max) return std::nullopt;
    auto const asked = error.retry_after.value_or(std::chrono::seconds{0});
    if (asked > wait_max) return std::nullopt;
    return std::max<milliseconds>(backoff_delay(waits, ++failures_, chance), asked);
}

throttled_wait::throttled_wait(environment around, boost::asio::any_io_executor executor,
                               std::function<void(std::string const&)> trouble)
    : around_(std::move(around)),
      timer_(around_.clock->make_timer(std::move(executor))),
      trouble_(std::move(trouble)) {}

awaitable<bool> throttled_wait::before_next(failure error) {
    auto const wait = decisions_.next(error, around_.random->unit());
    if (!wait) co_return false;
    trouble_("asked to slow down (" + printable(error.message()) + "); again in " +
             std::to_string(wait->count()) + " ms");
    co_await timer_->wait_until(around_.clock->now() + *wait);
    co_return true;
}

}  // namespace conductor::daemon
