#include "runtime/core.hpp"

#include <memory>
#include <utility>

namespace conductor::runtime_detail {
namespace {

// The server stores no more lines of one update (taskExecLogSizeLimit).
constexpr std::size_t logs_per_update = 10;

task_update make_update(core const& core, task const& task) {
    task_update update;
    update.task_id = task.id();
    update.workflow_id = task.workflow_id();
    update.worker_id = core.options.worker_id;
    return update;
}

task_update to_update(core const& core, task const& task, task_result outcome) {
    auto update = make_update(core, task);
    update.status = outcome.status();
    update.reason = outcome.reason();
    update.callback_after = outcome.delay();
    update.output = std::move(outcome).output();
    return update;
}

task_update to_give_back(core const& core, task const& task) {
    auto update = make_update(core, task);
    update.status = task_status::in_progress;
    update.output = task.output();
    return update;
}

std::optional<time_point> deadline_of(task const& task, time_point now) {
    auto const timeout = task.response_timeout();
    if (timeout.count() <= 0) return std::nullopt;
    return now + timeout;
}

// The first lines of a long log go ahead by the log call, the last ten with the result. Losing a
// log line is no reason to hold back a result.
awaitable<std::vector<task_log>> send_long_log(std::shared_ptr<core> core, task const& task,
                                               std::vector<task_log> logs) {
    while (logs.size() > logs_per_update) {
        co_await core->api->log(std::string(task.id()), std::move(logs.front().text));
        logs.erase(logs.begin());
    }
    co_return logs;
}

// Cut off by the stop, a handler fails for a reason that is not the task's: it goes back.
bool was_cut_off(core const& core, task_result const& outcome) {
    return core.stop.stage() == stop_stage::aborting && outcome.status() == task_status::failed;
}

awaitable<std::optional<task>> run_one(std::shared_ptr<core> core,
                                       std::shared_ptr<worker_state> worker, task claimed) {
    auto const started = core->now();
    auto const deadline = deadline_of(claimed, started);
    auto const run =
        std::make_shared<task_run>(worker->definition, std::move(claimed),
                                   core->stop.handlers_stop(), deadline, core->environment.clock);
    core->observer->on(events::started{run->claimed});
    ++core->running_handlers;
    auto outcome = co_await run_handler(core, run, worker->coroutine_executor);
    --core->running_handlers;
    core->observer->on(events::finished{run->claimed, outcome, core->now() - started});
    if (was_cut_off(*core, outcome)) {
        co_await give_back(core, run->claimed);
        co_return std::nullopt;
    }
    auto update = to_update(*core, run->claimed, std::move(outcome));
    update.logs = co_await send_long_log(core, run->claimed, run->context.take_logs());
    co_return co_await deliver(core, update, worker->backlog);
}

}  // namespace

awaitable<void> run_tasks(std::shared_ptr<core> core, std::shared_ptr<worker_state> worker,
                          task first, slots::permit) {
    std::optional<task> next(std::move(first));
    while (next && core->stop.running()) next = co_await run_one(core, worker, *std::move(next));
    if (next) co_await give_back(core, *std::move(next));
}

awaitable<void> give_back(std::shared_ptr<core> core, task task) {
    core->observer->on(events::given_back{task});
    bool backlog = false;
    co_await deliver(core, to_give_back(*core, task), backlog);
}

}  // namespace conductor::runtime_detail
