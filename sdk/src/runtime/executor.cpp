#include "runtime/core.hpp"
#include "runtime/external_payload.hpp"
#include "runtime/output_text.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <memory>
#include <utility>

namespace conductor::runtime_detail {
namespace {

namespace json = boost::json;

// The server stores no more lines of one update (taskExecLogSizeLimit).
constexpr std::size_t logs_per_update = 10;

std::int64_t milliseconds_of(std::chrono::system_clock::time_point moment) {
    return std::chrono::floor<std::chrono::milliseconds>(moment).time_since_epoch().count();
}

// The output keeps the memory that it is in: an assignment would copy it.
task_update make_update(core const& core, task const& task, json::object output) {
    return {.task_id = std::string(task.id()),
            .workflow_id = std::string(task.workflow_id()),
            .worker_id = core.worker_id,
            .reason = {},
            .output = std::move(output),
            .output_text = {},
            .logs = {},
            .extra = {},
            .task_type = std::string(task.type())};
}

task_update to_update(core const& core, task const& task, task_result outcome) {
    auto update = make_update(core, task, std::move(outcome).output());
    update.output_text = std::move(outcome).output_text();
    update.status = outcome.status();
    update.reason = as_utf8(outcome.reason());
    update.callback_after = outcome.delay();
    return update;
}

std::optional<time_point> deadline_of(task const& task, time_point now) {
    auto const timeout = task.response_timeout();
    if (timeout.count() <= 0) return std::nullopt;
    return now + timeout;
}

// The first lines of a long log go ahead by the log call, the last ten with the result. Losing log
// lines is no reason to hold back a result.
awaitable<std::vector<task_log>> send_long_log(std::shared_ptr<core> core, task const& task,
                                               std::vector<task_log> logs) {
    for (auto& line : logs) line.text = as_utf8(std::move(line.text));
    auto const last =
        logs.end() - static_cast<std::ptrdiff_t>(std::min(logs.size(), logs_per_update));
    for (auto line = logs.begin(); line != last && core->stop.running(); ++line)
        if (!co_await core->api->log(std::string(task.id()), std::move(line->text))) break;
    logs.erase(logs.begin(), last);
    co_return logs;
}

// Cut off by the stop, a handler fails for a reason that is not the task's: it goes back.
bool was_cut_off(core const& core, task_result const& outcome) {
    return core.stop.stage() == stop_stage::aborting && outcome.status() == task_status::failed;
}

void brake_if_needed(core& core, worker_state& worker, task_result const& outcome) {
    bool const well = outcome.status() != task_status::failed &&
                      outcome.status() != task_status::failed_with_terminal_error;
    if (!worker.brake.ended(well)) return;
    auto const& served = *worker.definition;
    core.polls.rest(worker.number, core.now() + served.options.brake_rest);
    core.tell(events::braked{served.type, served.options.brake_after, served.options.brake_rest});
}

// What the handler runs on, and the flight that it is.
struct departure {
    std::shared_ptr<task_run> run;
    std::shared_ptr<runtime_detail::flight> flight;
};

departure depart(core& core, worker_state const& worker, claim claimed) {
    std::stop_source stop;
    auto const deadline = deadline_of(claimed.task, claimed.at);
    auto const run = std::make_shared<task_run>(worker.definition, std::move(claimed.task),
                                                stop.get_token(), deadline, core.environment.clock);
    auto flight = take_off(core, {run, &run->claimed}, worker.definition->options, claimed.sent);
    flight->stop = std::move(stop);
    if (core.stop.stage() == stop_stage::aborting) flight->stop.request_stop();
    return {run, std::move(flight)};
}

awaitable<std::optional<claim>> run_one(std::shared_ptr<core> core,
                                        std::shared_ptr<worker_state> worker, claim claimed) {
    auto const claim_took = claimed.took;
    auto const departed = depart(*core, *worker, std::move(claimed));
    auto run = departed.run;
    auto const& flight = departed.flight;
    auto const started = core->now();
    auto const wall_started = core->environment.clock->wall();
    core->tell(events::started{run->claimed, claim_took});
    ++core->running_handlers;
    std::optional<task_result> outcome;
    if (keeps_payloads_elsewhere(run->claimed)) outcome = co_await fetch_payloads(core, run);
    if (!outcome) outcome = co_await run_handler(core, run, worker->coroutine_executor);
    --core->running_handlers;
    core->tell(events::finished{run->claimed, *outcome, core->now() - started});
    if (was_cut_off(*core, *outcome)) {
        co_await give_back(core, worker, flight);
        co_return std::nullopt;
    }
    brake_if_needed(*core, *worker, *outcome);
    ++core->pending_updates;
    auto update = to_update(*core, run->claimed, *std::move(outcome));
    auto written = write_output(update, core->options.output_bytes_max);
    if (!written) co_await store_output(core, run->claimed, update, std::move(written).error());
    update.extra["executionMetadata"] = {
        {"executionStartTime", milliseconds_of(wall_started)},
        {"executionEndTime", milliseconds_of(core->environment.clock->wall())}};
    update.logs = co_await send_long_log(core, run->claimed, run->context.take_logs());
    --core->pending_updates;
    co_return co_await deliver(core, flight, worker, std::move(update));
}

}  // namespace

void give_way(flight& earlier) {
    if (earlier.handing_back)
        earlier.claimed_again = true;
    else
        earlier.cancelled = cancel_reason::moved_on;
}

bool is_duplicate(core& core, task const& claimed) {
    core.recovery.heard_of(claimed.id());
    // The answer of a poll that was given up long ago: somebody else may run it by now.
    if (core.recovery.has_given_back(claimed.id(), claimed.poll_count())) {
        core.tell(events::duplicate_dropped{claimed});
        return true;
    }
    auto const known = core.in_flight.find(claimed.id());
    if (!known) return false;
    if (known->reporting && claimed.poll_count() > known->poll_count) {
        give_way(*known);
        return false;
    }
    // The server has counted one more claim, also in our name.
    known->poll_count = std::max(known->poll_count, claimed.poll_count());
    core.tell(events::duplicate_dropped{claimed});
    return true;
}

std::shared_ptr<flight> take_off(core& core, std::shared_ptr<task const> claimed,
                                 worker_options const& options, time_point sent) {
    lease_options const kept{.response_timeout = claimed->response_timeout(),
                             .threshold = options.lease_threshold,
                             .extend = options.lease,
                             .check_interval = options.cancel_check};
    auto const now = core.now();
    lease_policy lease(kept, lease_began(kept, sent, now), core.chance());
    lease.checked(now);
    auto const made = std::make_shared<flight>(
        flight{.claimed = std::move(claimed), .worker_id = core.worker_id, .lease = lease});
    made->poll_count = made->claimed->poll_count();
    core.in_flight.add(made);
    if (lease.due() < core.lease_keeper_until) core.lease_keeper->wake();
    return made;
}

awaitable<void> run_tasks(std::shared_ptr<core> core, std::shared_ptr<worker_state> worker,
                          claim first, slot) {
    std::optional<claim> next(std::move(first));
    while (next && core->stop.running()) {
        next = co_await run_one(core, worker, *std::move(next));
        if (next && is_duplicate(*core, next->task)) next.reset();
    }
    if (!next) co_return;
    auto const kept = std::make_shared<task const>(std::move(next->task));
    auto const flight = take_off(*core, kept, worker->definition->options, next->sent);
    co_await give_back(core, worker, flight);
}

awaitable<void> return_task(std::shared_ptr<core> core, std::shared_ptr<worker_state> worker,
                            std::shared_ptr<flight> flight) {
    auto update = make_update(*core, *flight->claimed, flight->claimed->output());
    update.status = task_status::in_progress;
    keep_stored_output(*flight->claimed, update);
    co_await deliver(core, flight, worker, std::move(update));
}

awaitable<void> give_back(std::shared_ptr<core> core, std::shared_ptr<worker_state> worker,
                          std::shared_ptr<flight> flight) {
    core->tell(events::given_back{*flight->claimed});
    co_await return_task(core, worker, flight);
}

}  // namespace conductor::runtime_detail
