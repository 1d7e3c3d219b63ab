#include <daemon/commands/follow.hpp>

#include <daemon/log/printable.hpp>

#include <algorithm>

namespace conductor::daemon {
namespace {

constexpr std::chrono::milliseconds shortest_interval{200};
constexpr std::chrono::milliseconds longest_interval{1000};
constexpr char call_name[] = "workflow";

}  // namespace

follower::follower(workflow_client workflows, std::shared_ptr<clock> clock,
                   boost::asio::any_io_executor executor, follow_output output)
    : workflows_(std::move(workflows)),
      clock_(std::move(clock)),
      timer_(clock_->make_timer(std::move(executor))),
      output_(std::move(output)),
      interval_(shortest_interval) {}

awaitable<result<workflow_end>> follower::follow(std::string workflow_id) {
    while (true) {
        auto const workflow = co_await workflows_.get(workflow_id);
        if (workflow.has_value()) {
            if (auto end = take(*workflow)) co_return *std::move(end);
        } else if (workflow.error().code != condition::transient) {
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

void follower::speak_of(failure const& error) {
    interval_ = longest_interval;
    if (!outage_.failed(call_name, clock_->now())) return;
    output_.trouble("cannot read the workflow; it goes on, and so does this: " +
                    printable(error.message()));
}

}  // namespace conductor::daemon
