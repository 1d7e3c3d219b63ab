#include "runtime/core.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace conductor::runtime_detail {
namespace {

awaitable<void> extend(std::shared_ptr<core> core, std::shared_ptr<flight> flight) {
    auto const& claimed = *flight->claimed;
    lease_request request{.task_id = std::string(claimed.id()),
                          .workflow_id = std::string(claimed.workflow_id()),
                          .worker_id = flight->worker_id};
    auto const sent = core->now();
    auto const done = co_await core->api->extend_lease(std::move(request));
    if (done) {
        flight->lease.extended(sent, core->chance());
        core->tell(events::lease_extended{*flight->claimed, core->now() - sent});
    } else {
        flight->lease.failed(core->now());
        core->tell(events::lease_failed{*flight->claimed, done.error()});
    }
}

void cancel(core& core, flight& flight, cancel_reason reason) {
    flight.cancelled = reason;
    flight.lease.end();
    flight.stop.request_stop();
    core.tell(events::cancelled{*flight.claimed, reason});
}

// Only a task that is still ours has a lease to extend.
awaitable<void> look_after(std::shared_ptr<core> core, std::shared_ptr<flight> flight) {
    auto const read = co_await core->api->get(std::string(flight->claimed->id()));
    // A later claim has its own flight; what was read is about that one, or out of date.
    if (flight->claimed_again) co_return;
    auto const now = core->now();
    if (!read) {
        if (read.error().code == condition::gone) {
            cancel(*core, *flight, cancel_reason::ended);
        } else {
            flight->lease.failed(now);
            core->tell(events::lease_failed{*flight->claimed, read.error()});
        }
        co_return;
    }
    switch (ownership_of(*read, flight->worker_id, flight->poll_count)) {
        case ownership::ended: cancel(*core, *flight, cancel_reason::ended); co_return;
        case ownership::moved_on: cancel(*core, *flight, cancel_reason::moved_on); co_return;
        case ownership::ours: break;
    }
    flight->lease.checked(now);
    if (flight->lease.must_extend(now)) co_await extend(core, flight);
}

awaitable<void> beat(std::shared_ptr<core> core, std::shared_ptr<flight> flight) {
    flight->calling = true;
    co_await look_after(core, flight);
    end_turn(*core, *flight);
}

}  // namespace

awaitable<void> take_turn(std::shared_ptr<core> core, std::shared_ptr<flight> flight) {
    while (flight->calling) {
        if (!flight->turn) flight->turn = core->environment.clock->make_timer(core->executor);
        co_await flight->turn->wait_until(time_point::max());
    }
    flight->calling = true;
}

void end_turn(core& core, flight& flight) {
    flight.calling = false;
    if (flight.turn) flight.turn->wake();
    if (flight.lease.due() < core.lease_keeper_until) core.lease_keeper->wake();
}

awaitable<void> keep_leases(std::shared_ptr<core> core) {
    while (true) {
        auto const now = core->now();
        auto until = time_point::max();
        std::vector<std::shared_ptr<flight>> due;
        for (auto const& one : core->in_flight.all())
            if (one->lease.due() > now)
                until = std::min(until, one->lease.due());
            else if (!one->calling)
                due.push_back(one);
        core->lease_keeper_until = until;
        for (auto const& one : due) spawn_detached(core, beat(core, one));
        // A beat that ended at once woke nobody: look again before waiting.
        if (!due.empty()) continue;
        co_await core->lease_keeper->wait_until(until);
    }
}

}  // namespace conductor::runtime_detail
