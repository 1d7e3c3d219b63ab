#include <daemon/commands/follow.hpp>

#include <daemon/log/printable.hpp>

#include <algorithm>

namespace conductor::daemon {
namespace {

constexpr std::chrono::milliseconds shortest_interval{200};
constexpr std::chrono::milliseconds longest_interval{1000};
// What a server may ask to wait at most.
constexpr std::chrono::seconds asked_max{60};
constexpr char call_name[] = "workflow";

}  // namespace

follower::follower(std::shared_ptr<rest_client> rest, std::shared_ptr<clock> clock,
                   boost::asio::any_io_executor executor, follow_output output)
    : rest_(std::move(rest)),
      workflows_(rest_),
      clock_(std::move(clock)),
      timer_(clock_->make_timer(std::move(executor))),
      output_(std::move(output)),
      interval_(shortest_interval) {}

awaitable<result<workflow_end>> follower::follow(std::string workflow_id) {
    while (true) {
        auto const workflow = co_await workflows_.get(workflow_id);
        if (workflow.has_value()) {
            if (auto end = take(*workflow)) co_return *std::move(end);
        } else if (!may_pass(workflow.error())) {
            co_return workflow.error();
        } else {
            speak_of(workflow.error());
        }
        co_await timer_->wait_until(clock_->now() + interval_);
    }
}

std::optional<workflow_end> follower::take(boost::json::object const& workflow) {
    if (outage_.ended(call_name, clock_->now())) output_.trouble("the server answers again");
    auto const lines = progress_.next(workflow);
    for (std::string const& line : lines) output_.progress(line);
    interval_ = lines.empty() ? std::min(interval_ * 3 / 2, longest_interval) : shortest_interval;
    return end_of(workflow);
}

bool follower::may_pass(failure const& error) const {
    return error.code == condition::transient || error.code == errc::unauthorized ||
           rest_->token() == token_state::failed;
}

void follower::speak_of(failure const& error) {
    auto const asked = std::min(error.retry_after.value_or(std::chrono::seconds{0}), asked_max);
    interval_ = std::max<std::chrono::milliseconds>(longest_interval, asked);
    if (!outage_.failed(call_name, clock_->now())) return;
    output_.trouble("cannot read the workflow; it goes on, and so does this: " +
                    printable(error.message()));
}

}  // namespace conductor::daemon
