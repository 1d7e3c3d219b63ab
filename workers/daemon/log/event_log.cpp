#include <daemon/log/event_log.hpp>

namespace conductor::daemon {
namespace {

std::int64_t whole_milliseconds(std::chrono::nanoseconds time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

std::int64_t whole_seconds(std::chrono::nanoseconds time) {
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

void event_log::on(runtime_event const& event) {
    std::visit([this](auto const& one) { on_event(one); }, event);
}

void event_log::on_event(events::polled const& event) {
    say_recovered(event.type);
    if (event.tasks == 0 || !out_.writes(log_level::debug)) return;
    out_.write(log_level::debug, {"tasks claimed",
                                  {{"type", std::string{event.type}},
                                   {"count", static_cast<std::int64_t>(event.tasks)},
                                   {"ms", whole_milliseconds(event.took)}}});
}

void event_log::on_event(events::poll_failed const& event) {
    say_failing("cannot poll the server; trying again", event.type, event.error);
}

void event_log::on_event(events::started const& event) {
    if (!out_.writes(log_level::debug)) return;
    out_.write(log_level::debug, {"task started", names_of(event.task)});
}

void event_log::on_event(events::finished const& event) {
    bool const well = event.outcome.status() == task_status::completed ||
                      event.outcome.status() == task_status::in_progress;
    log_level const level = well ? log_level::info : log_level::warn;
    if (!out_.writes(level)) return;
    log_line line{message_of(event.outcome.status()), names_of(event.task)};
    line.fields.push_back({"ms", whole_milliseconds(event.took)});
    if (event.outcome.status() == task_status::in_progress)
        line.fields.push_back({"back_after_s", event.outcome.delay().count()});
    if (!event.outcome.reason().empty()) line.fields.push_back({"reason", event.outcome.reason()});
    out_.write(level, line);
}

void event_log::on_event(events::updated const& event) {
    say_recovered(event.update.task_id);
    if (!out_.writes(log_level::debug)) return;
    log_line line{"result delivered", names_of(event.update)};
    line.fields.push_back({"ms", whole_milliseconds(event.took)});
    out_.write(log_level::debug, line);
}

void event_log::on_event(events::update_failed const& event) {
    say_failing("cannot deliver a result; trying again", event.update.task_id, event.error);
}

void event_log::on_event(events::update_lost const& event) {
    outage_.ended(event.update.task_id, clock_->now());
    log_line line{"result lost: it will not be delivered", names_of(event.update)};
    line.fields.push_back({"error", event.error.message()});
    out_.write(log_level::error, line);
}

void event_log::on_event(events::given_back const& event) {
    out_.write(log_level::info, {"task given back unrun", names_of(event.task)});
}

void event_log::on_event(events::recovery_unavailable const& event) {
    out_.write(log_level::warn,
               {"recovery unavailable: tasks whose claims were lost come back after their response "
                "timeout",
                {{"server", server_}, {"error", std::string{event.why}}}});
}

void event_log::on_event(events::loop_held const& event) {
    out_.write(log_level::warn,
               {"a task held the event loop; everything else had to wait",
                {{"type", std::string{event.type}}, {"ms", whole_milliseconds(event.held)}}});
}

void event_log::on_event(events::draining const& event) {
    out_.write(log_level::info, {"stopping: no new tasks; what runs is finished first",
                                 {{"running", static_cast<std::int64_t>(event.running)}}});
}

void event_log::say_failing(std::string_view message, std::string_view name, failure const& error) {
    auto const note = outage_.failed(name, clock_->now());
    if (!note) return;
    out_.write(log_level::warn, {message,
                                 {{"server", server_},
                                  {"for", std::string{name}},
                                  {"error", error.message()},
                                  {"failures", static_cast<std::int64_t>(note->failures)},
                                  {"since_s", whole_seconds(note->lasted)}}});
}

void event_log::say_recovered(std::string_view name) {
    auto const note = outage_.ended(name, clock_->now());
    if (!note) return;
    out_.write(log_level::info, {"the server answers again",
                                 {{"server", server_},
                                  {"failures", static_cast<std::int64_t>(note->failures)},
                                  {"after_s", whole_seconds(note->lasted)}}});
}

}  // namespace conductor::daemon
