#include <daemon/log/event_log.hpp>

namespace conductor::daemon {
namespace {

std::int64_t milliseconds(std::chrono::nanoseconds time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

std::int64_t seconds(std::chrono::nanoseconds time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time).count();
}

std::vector<log_field> names_of(task const& task) {
    return {{"type", std::string{task.type()}},
            {"task", std::string{task.id()}},
            {"ref", std::string{task.reference_name()}},
            {"workflow", std::string{task.workflow_id()}}};
}

std::vector<log_field> names_of(task_update const& update) {
    return {{"task", update.task_id}, {"workflow", update.workflow_id}};
}

std::string_view message_of(task_status status) {
    switch (status) {
        case task_status::completed: return "task completed";
        case task_status::in_progress: return "task given back, to go on later";
        case task_status::failed: return "task failed";
        case task_status::failed_with_terminal_error: return "task failed for good";
    }
    return "task ended";
}

}  // namespace

event_log::event_log(logger& out, std::shared_ptr<clock> clock, std::string server)
    : out_(out), clock_(std::move(clock)), server_(std::move(server)) {}

void event_log::polled(std::string_view type, std::size_t tasks, std::chrono::nanoseconds took) {
    say_recovered(type);
    if (tasks == 0 || !out_.writes(log_level::debug)) return;
    out_.write(log_level::debug, {"tasks claimed",
                                  {{"type", std::string{type}},
                                   {"count", static_cast<std::int64_t>(tasks)},
                                   {"ms", milliseconds(took)}}});
}

void event_log::poll_failed(std::string_view type, failure const& error,
                            std::chrono::milliseconds) {
    say_failing("cannot poll the server; trying again", type, error);
}

void event_log::started(task const& task) {
    if (!out_.writes(log_level::debug)) return;
    out_.write(log_level::debug, {"task started", names_of(task)});
}

void event_log::finished(task const& task, task_result const& outcome,
                         std::chrono::nanoseconds took) {
    bool const well =
        outcome.status() == task_status::completed || outcome.status() == task_status::in_progress;
    log_level const level = well ? log_level::info : log_level::warn;
    if (!out_.writes(level)) return;
    log_line line{message_of(outcome.status()), names_of(task)};
    line.fields.push_back({"ms", milliseconds(took)});
    if (outcome.status() == task_status::in_progress)
        line.fields.push_back({"back_after_s", outcome.delay().count()});
    if (!outcome.reason().empty()) line.fields.push_back({"reason", outcome.reason()});
    out_.write(level, line);
}

void event_log::updated(task_update const& update, std::chrono::nanoseconds took) {
    say_recovered(update.task_id);
    if (!out_.writes(log_level::debug)) return;
    log_line line{"result delivered", names_of(update)};
    line.fields.push_back({"ms", milliseconds(took)});
    out_.write(log_level::debug, line);
}

void event_log::update_failed(task_update const& update, failure const& error,
                              std::chrono::milliseconds) {
    say_failing("cannot deliver a result; trying again", update.task_id, error);
}

void event_log::update_lost(task_update const& update, failure const& error) {
    outage_.ended(update.task_id, clock_->now());
    log_line line{"result lost: it will not be delivered", names_of(update)};
    line.fields.push_back({"error", error.message()});
    out_.write(log_level::error, line);
}

void event_log::given_back(task const& task) {
    out_.write(log_level::info, {"task given back unrun", names_of(task)});
}

void event_log::loop_held(std::string_view type, std::chrono::nanoseconds held) {
    out_.write(log_level::warn, {"a task held the event loop; everything else had to wait",
                                 {{"type", std::string{type}}, {"ms", milliseconds(held)}}});
}

void event_log::draining(std::size_t running) {
    out_.write(log_level::info, {"stopping: no new tasks; what runs is finished first",
                                 {{"running", static_cast<std::int64_t>(running)}}});
}

void event_log::say_failing(std::string_view message, std::string_view name, failure const& error) {
    auto const note = outage_.failed(name, clock_->now());
    if (!note) return;
    out_.write(log_level::warn, {message,
                                 {{"server", server_},
                                  {"for", std::string{name}},
                                  {"error", error.message()},
                                  {"failures", static_cast<std::int64_t>(note->failures)},
                                  {"since_s", seconds(note->lasted)}}});
}

void event_log::say_recovered(std::string_view name) {
    auto const note = outage_.ended(name, clock_->now());
    if (!note) return;
    out_.write(log_level::info, {"the server answers again",
                                 {{"server", server_},
                                  {"failures", static_cast<std::int64_t>(note->failures)},
                                  {"after_s", seconds(note->lasted)}}});
}

}  // namespace conductor::daemon
