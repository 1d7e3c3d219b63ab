#include <daemon/control/status_board.hpp>

#include <daemon/health/health_answer.hpp>
#include <daemon/log/printable.hpp>

#include <contract/instant.hpp>

#include <chrono>
#include <utility>

namespace conductor::daemon {
namespace {

using std::chrono::floor;

constexpr std::size_t board_reason_bytes_max = 500;
constexpr std::size_t board_name_bytes_max = 200;

std::string_view state_of(std::optional<poll_hold> held) {
    if (!held) return "polling";
    switch (*held) {
        case poll_hold::no_free_slot: return "all slots in use";
        case poll_hold::in_flight_max: return "too many tasks in flight";
        case poll_hold::paused: return "paused";
        case poll_hold::gate: return "held by its gate";
        case poll_hold::brake: return "resting: its tasks keep failing";
        case poll_hold::outbox_full: return "waiting: the outbox is full";
        case poll_hold::circuit_open: return "waiting: the server keeps failing";
        case poll_hold::recovering: return "looking for lost claims";
    }
    return "held";
}

std::string_view name_of_mode(outbox_mode mode) {
    switch (mode) {
        case outbox_mode::off: return "off";
        case outbox_mode::on_failure: return "on_failure";
        case outbox_mode::always: return "always";
    }
    return "off";
}

std::string stamp(std::chrono::system_clock::time_point moment) {
    return workers::format_instant(floor<std::chrono::seconds>(moment));
}

std::optional<std::int64_t> milliseconds_of(std::optional<std::chrono::nanoseconds> age) {
    if (!age) return std::nullopt;
    return floor<std::chrono::milliseconds>(*age).count();
}

}  // namespace

status_board::status_board(identity own, std::shared_ptr<clock> clock)
    : own_(std::move(own)), clock_(std::move(clock)), began_(clock_->now()) {
    for (auto const& type : own_.types) types_.try_emplace(type);
}

void status_board::on(runtime_event const& event) {
    std::visit([this](auto const& one) { on_event(one); }, event);
}

status_board::counted* status_board::find(std::string_view type) {
    auto const found = types_.find(type);
    return found == types_.end() ? nullptr : &found->second;
}

std::uint64_t& status_board::count(std::string_view type, std::uint64_t task_type_facts::*which) {
    counted* const found = find(type);
    return found == nullptr ? unknown_ : found->facts.*which;
}

void status_board::on_event(events::polled const& event) {
    if (counted* const found = find(event.type)) found->facts.poll_error.reset();
}

void status_board::on_event(events::poll_failed const& event) {
    counted* const found = find(event.type);
    if (found == nullptr) return;
    ++found->facts.poll_failures;
    found->facts.poll_error = printable(event.error.message(), board_reason_bytes_max);
}

void status_board::on_event(events::finished const& event) {
    counted* const found = find(event.task.type());
    if (found == nullptr) return;
    found->ended.count(clock_->now());
    switch (event.outcome.status()) {
        case task_status::completed: ++found->facts.completed; break;
        case task_status::in_progress: ++found->facts.called_back; break;
        case task_status::failed:
        case task_status::failed_with_terminal_error:
            ++found->facts.failed;
            keep_failed(event);
            break;
    }
}

void status_board::keep_failed(events::finished const& event) {
    auto const name = [](std::string_view text) { return printable(text, board_name_bytes_max); };
    failed_.push_front({.at = stamp(clock_->wall()),
                        .type = name(event.task.type()),
                        .task = name(event.task.id()),
                        .workflow = name(event.task.workflow_id()),
                        .reference = name(event.task.reference_name()),
                        .status = std::string{to_string(event.outcome.status())},
                        .reason = printable(event.outcome.reason(), board_reason_bytes_max)});
    if (failed_.size() > failed_tasks_max) failed_.pop_back();
}

void status_board::on_event(events::update_lost const& event) {
    ++count(event.update.task_type, &task_type_facts::results_lost);
}

void status_board::on_event(events::stored const&) { ++stored_; }

void status_board::on_event(events::lease_extended const& event) {
    ++count(event.task.type(), &task_type_facts::leases_extended);
}

void status_board::on_event(events::lease_failed const& event) {
    ++count(event.task.type(), &task_type_facts::lease_failures);
}

task_type_facts status_board::facts_of(worker_status const& worker) const {
    auto const found = types_.find(worker.type);
    task_type_facts out = found == types_.end() ? task_type_facts{} : found->second.facts;
    if (found != types_.end())
        out.tasks_last_minute = found->second.ended.last_minute(clock_->now());
    out.type = printable(worker.type, board_name_bytes_max);
    out.domain = printable(worker.domain, board_name_bytes_max);
    out.state = state_of(worker.held);
    out.paused = worker.held == poll_hold::paused;
    out.slots = worker.slots;
    out.slots_used = worker.in_flight;
    out.last_poll_ms_ago = milliseconds_of(worker.poll_success_age);
    out.oldest_lease_ms = milliseconds_of(worker.lease_age);
    return out;
}

outbox_facts status_board::facts_of(outbox_level const& level) const {
    outbox_facts out{.mode = std::string{name_of_mode(own_.outbox)},
                     .rows = level.rows,
                     .bytes = level.bytes,
                     .full = level.full,
                     .stored = stored_};
    if (level.oldest)
        out.oldest_s = floor<std::chrono::seconds>(clock_->wall() - *level.oldest).count();
    return out;
}

status_facts status_board::facts(moment const& now) const {
    status_facts out{.version = own_.version,
                     .worker_id = printable(now.runtime.worker_id, board_name_bytes_max),
                     .at = stamp(clock_->wall()),
                     .uptime_s = floor<std::chrono::seconds>(clock_->now() - began_).count(),
                     .state = now.draining     ? "stopping"
                              : now.ready.good ? "ready"
                                               : "not ready",
                     .server = {.address = printable(own_.server),
                                .token = std::string{name_of(now.token)},
                                .circuit_open = now.runtime.circuit_open},
                     .outbox = facts_of(now.runtime.outbox),
                     .failed_tasks = {failed_.begin(), failed_.end()}};
    for (auto const& reason : now.ready.reasons)
        out.reasons.push_back(printable(reason, board_reason_bytes_max));
    for (auto const& worker : now.runtime.workers) out.types.push_back(facts_of(worker));
    return out;
}

}  // namespace conductor::daemon
