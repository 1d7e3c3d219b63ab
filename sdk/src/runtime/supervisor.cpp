#include "runtime/supervisor.hpp"

#include <boost/asio/use_awaitable.hpp>

namespace conductor::runtime_detail {
namespace {

// Until nothing is under way, or the stop moves past `stage`, or the time has come.
awaitable<void> wait_for_end(std::shared_ptr<core> core, stop_stage stage, time_point until) {
    while (core->active > 0 && core->stop.stage() <= stage && core->now() < until)
        co_await core->supervisor->wait_until(until);
}

}  // namespace

void advance(core& core, stop_stage stage) {
    core.stop.advance(stage);
    if (stage == stop_stage::aborting)
        for (auto const& one : core.in_flight.all()) one->stop.request_stop();
}

awaitable<void> supervise(std::shared_ptr<core> core, boost::asio::io_context& loop) {
    while (core->stop.running()) co_await core->supervisor->wait_until(time_point::max());
    core->observer->on(events::draining{core->running_handlers});
    co_await wait_for_end(core, stop_stage::draining, core->now() + core->options.grace);
    advance(*core, stop_stage::aborting);
    co_await wait_for_end(core, stop_stage::aborting, core->now() + core->options.abort_grace);
    loop.stop();
}

awaitable<void> watch_signals(std::shared_ptr<core> core,
                              std::shared_ptr<boost::asio::signal_set> signals) {
    co_await signals->async_wait(boost::asio::use_awaitable);
    advance(*core, stop_stage::draining);
    co_await signals->async_wait(boost::asio::use_awaitable);
    advance(*core, stop_stage::aborting);
}

}  // namespace conductor::runtime_detail
