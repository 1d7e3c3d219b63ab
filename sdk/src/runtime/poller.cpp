#include "runtime/core.hpp"

#include <algorithm>
#include <utility>

namespace conductor::runtime_detail {
namespace {

using order = poll_scheduler::order;

poll_request make_request(core const& core, worker const& served, order const& poll) {
    return {.type = served.type,
            .worker_id = core.worker_id,
            .domain = served.options.domain,
            .count = poll.step.count,
            .wait = poll.wait};
}

// A claimed task either gets a slot at once or goes back: none waits in the process. A server may
// hand out more than it was asked for.
void start(std::shared_ptr<core> const& core, std::shared_ptr<worker_state> const& worker,
           claim claimed) {
    if (is_duplicate(*core, claimed.task)) return;
    if (core->stop.running() && core->polls.free(worker->number) > 0) {
        spawn(core, run_tasks(core, worker, std::move(claimed), slot(*core, worker->number)));
        return;
    }
    auto const kept = std::make_shared<task const>(std::move(claimed.task));
    spawn(core, give_back(core, worker,
                          take_off(*core, kept, worker->definition->options, claimed.sent)));
}

void tell_failed(core& core, worker_state const& worker, failure const& error,
                 poll_scheduler::failed_poll const& follows, time_point::duration took) {
    core.tell(events::poll_failed{.type = worker.definition->type,
                                  .domain = worker.definition->options.domain,
                                  .error = error,
                                  .delay = follows.delay,
                                  .took = took});
    if (follows.circuit_delay) core.tell(events::circuit_opened{error, *follows.circuit_delay});
}

void tell_answered(core& core, worker_state const& worker, std::size_t got,
                   time_point::duration took) {
    auto const& served = *worker.definition;
    core.tell(events::polled{served.type, served.options.domain, got, took});
    if (got > 0 && core.polls.free(worker.number) == 0)
        core.tell(events::poll_held{served.type, served.options.domain, poll_hold::no_free_slot});
}

awaitable<void> poll_once(std::shared_ptr<core> core, std::shared_ptr<worker_state> worker,
                          order poll) {
    auto tasks = co_await core->api->poll(make_request(*core, *worker->definition, poll));
    auto const now = core->now();
    if (!tasks) {
        if (tasks.error().may_have_arrived) core->recovery.suspect(worker->definition->type, now);
        auto const follows = core->polls.failed(poll, tasks.error(), now, core->chance());
        tell_failed(*core, *worker, tasks.error(), follows, now - poll.sent);
    } else {
        auto const got = tasks->size();
        worker->poll_succeeded = now;
        bool const closed = core->polls.answered(poll, got, now, core->chance());
        if (closed) core->tell(events::circuit_closed{});
        // The server may have held the poll, and claims a task only when it has one.
        auto const at = std::min(now, poll.sent + poll.wait);
        for (auto& one : *tasks)
            start(core, worker, {std::move(one), poll.sent, at, now - poll.sent});
        tell_answered(*core, *worker, got, now - poll.sent);
    }
    core->recoverer->wake();
    core->dispatcher->wake();
}

bool gate_is_open(core& core, worker_state& worker) {
    auto const& gate = core.options.poll_gate;
    auto const& served = *worker.definition;
    bool const open = !gate || gate(served.type, served.options.domain);
    if (!open && !std::exchange(worker.gated, true))
        core.tell(events::poll_held{served.type, served.options.domain, poll_hold::gate});
    if (open) worker.gated = false;
    return open;
}

void send_due(std::shared_ptr<core> const& core) {
    while (auto const poll = core->polls.next(core->now())) {
        auto const& worker = core->workers[poll->worker];
        if (!gate_is_open(*core, *worker)) {
            core->polls.withdrawn(*poll, core->now(), core->chance());
            continue;
        }
        worker->poll_began = poll->sent;
        spawn(core, poll_once(core, worker, *poll));
    }
}

void give_up_hung(core& core) {
    auto const now = core.now();
    for (auto const& [number, sent] : core.polls.give_up_hung(now)) {
        auto const& served = *core.workers[number]->definition;
        core.tell(events::poller_stalled{served.type, served.options.domain, now - sent});
        core.recovery.suspect(served.type, now);
        core.recoverer->wake();
    }
}

}  // namespace

awaitable<void> dispatch_polls(std::shared_ptr<core> core) {
    while (core->stop.running()) {
        give_up_hung(*core);
        send_due(core);
        co_await core->dispatcher->wait_until(core->polls.wake_at());
    }
}

}  // namespace conductor::runtime_detail
