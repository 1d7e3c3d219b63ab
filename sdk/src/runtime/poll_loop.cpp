#include "runtime/core.hpp"

#include <utility>

namespace conductor::runtime_detail {
namespace {

poll_request make_request(core const& core, worker_state const& worker, poll_step const& step) {
    return {.type = worker.definition->type,
            .worker_id = core.options.worker_id,
            .domain = worker.definition->options.domain,
            .count = step.count,
            .wait = step.wait};
}

// A claimed task either gets a slot at once or goes back: none waits in the process. A server may
// hand out more than it was asked for.
void start(std::shared_ptr<core> const& core, std::shared_ptr<worker_state> const& worker,
           task task) {
    if (core->stop.running() && worker->free_slots.free() > 0)
        spawn(core, run_tasks(core, worker, std::move(task), worker->free_slots.take()));
    else
        spawn(core, give_back(core, std::move(task)));
}

awaitable<void> poll_once(std::shared_ptr<core> core, std::shared_ptr<worker_state> worker,
                          poll_step step) {
    auto const& type = worker->definition->type;
    auto const& domain = worker->definition->options.domain;
    auto const started = core->now();
    auto tasks = co_await core->api->poll(make_request(*core, *worker, step));
    auto const now = core->now();
    if (!tasks) {
        worker->backlog = false;
        auto const delay = worker->polling.failed(tasks.error(), now, core->chance());
        core->observer->on(events::poll_failed{.type = type,
                                               .domain = domain,
                                               .error = tasks.error(),
                                               .delay = delay,
                                               .took = now - started});
        co_return;
    }
    worker->polling.answered(step, tasks->size(), {started, now}, core->chance());
    worker->backlog = worker->polling.backlog();
    core->observer->on(events::polled{type, domain, tasks->size(), now - started});
    for (auto& task : *tasks) start(core, worker, std::move(task));
}

}  // namespace

awaitable<void> poll_loop(std::shared_ptr<core> core, std::shared_ptr<worker_state> worker) {
    while (core->stop.running()) {
        auto const step = worker->polling.next(worker->free_slots.free(), core->now());
        if (step.count == 0)
            co_await worker->wake->wait_until(step.until);
        else
            co_await poll_once(core, worker, step);
    }
}

}  // namespace conductor::runtime_detail
