#include "facts.hpp"

#include "invariants.hpp"

#include <algorithm>
#include <utility>

namespace conductor::simulation {
namespace {

// A failing seed is run again with a trace, so only the last lines are ever read.
constexpr std::size_t trace_max = 20'000;

bool is_hand_back(task_update const& told) { return run_of(told) == 0; }

}  // namespace

void facts::say(std::string_view subject, std::string_view what) {
    fingerprint_ = mix(fingerprint_ ^ static_cast<std::uint64_t>(time_->elapsed().count()) ^
                       (std::uint64_t{what.size()} << 40) ^ (std::uint64_t{subject.size()} << 50));
    if (!keeps_trace_) return;
    auto const at = time_->elapsed().count();
    auto const fraction = std::to_string(1000 + at % 1000).substr(1);
    trace_.push_back(std::to_string(at / 1000) + "." + fraction + "  " + std::string(subject) +
                     " " + std::string(what));
    if (trace_.size() > trace_max) trace_.pop_front();
}

void facts::judge(std::string_view invariant, std::optional<std::string> const& complaint) {
    if (!complaint || violation_) return;
    violation_ = std::string(invariant) + ": " + *complaint;
    say("VIOLATION", *violation_);
}

std::shared_ptr<life> facts::begin_life(std::string name) {
    lives_.push_back(std::make_shared<life>());
    lives_.back()->name = std::move(name);
    lives_.back()->began = lives_.back()->last_trouble = now();
    return lives_.back();
}

void facts::end_life(life& ended, bool by_itself) {
    say(ended.name, by_itself ? "ends" : "crashes");
    if (by_itself)
        judge("nothing_is_claimed_after_the_end",
              invariants::nothing_is_claimed_after_the_end(*this, ended));
    ended.is_alive = false;
    ended.ended = now();
    for (auto& one : runs_)
        if (one.of.get() == &ended && one.state <= run_state::held) one.state = run_state::gone;
}

run* facts::find(std::uint64_t number) {
    return number == 0 || number > runs_.size() ? nullptr : &runs_[number - 1];
}

std::uint64_t facts::run_under_way(life const& of, std::string_view task_id) const {
    auto const found = of.running.find(task_id);
    return found == of.running.end() ? 0 : found->second;
}

void facts::settle(run& settled, run_state state) {
    settled.state = state;
    settled.of->holding[settled.type].erase(settled.number);
}

void facts::polls(life& of, poll_request const& asked) {
    say(of.name, "polls " + asked.type);
    of.polls_at_once = std::exchange(of.polled_at, now()) == now() ? of.polls_at_once + 1 : 1;
    judge("no_poll_follows_another_without_end",
          invariants::no_poll_follows_another_without_end(of));
    judge("a_poll_asks_for_free_slots_only",
          invariants::a_poll_asks_for_free_slots_only(of, asked));
    judge("no_more_in_flight_than_allowed", invariants::no_more_in_flight_than_allowed(of, asked));
    judge("a_paused_type_is_not_polled", invariants::a_paused_type_is_not_polled(of, asked));
    judge("nothing_is_asked_for_while_draining",
          invariants::nothing_is_asked_for_while_draining(of));
}

std::shared_ptr<report> facts::reports(life& of, task_update const& told, bool asks_for_next) {
    of.reports.push_back(std::make_shared<report>(report{told.task_id}));
    say(of.name, "reports " + told.task_id + " " + std::string(to_string(told.status)) +
                     (asks_for_next ? " and asks for the next" : ""));
    judge("beats_and_reports_take_turns",
          invariants::beats_and_reports_take_turns(*server_, of, told.task_id));
    if (asks_for_next)
        judge("nothing_is_asked_for_while_draining",
              invariants::nothing_is_asked_for_while_draining(of));
    return of.reports.back();
}

void facts::is_answered(life& of, std::shared_ptr<report> const& made) {
    std::erase(of.reports, made);
}

void facts::extends(life& of, std::string const& task_id) {
    say(of.name, "extends " + task_id);
    judge("beats_and_reports_take_turns",
          invariants::beats_and_reports_take_turns(*server_, of, task_id));
}

void facts::forgets(task_update const& stored) {
    auto* const forgotten = find(run_of(stored));
    if (forgotten == nullptr) return;
    judge("the_outbox_forgets_settled_results_only",
          invariants::the_outbox_forgets_settled_results_only(*server_, *forgotten));
}

void facts::arrived(server_task& task, task_update const& told, arrival how) {
    judge("a_result_is_its_handlers_own",
          invariants::a_result_is_its_handlers_own(*this, task, told));
    judge("a_result_answers_its_own_claim",
          invariants::a_result_answers_its_own_claim(*this, task, told));
    if (!how.is_stray()) {
        judge("a_task_is_taken_from_nobody", invariants::a_task_is_taken_from_nobody(task, told));
        judge("a_task_that_goes_back_keeps_its_output",
              invariants::a_task_that_goes_back_keeps_its_output(task, told));
    }
    task.runs_seen.insert(run_of(told));
}

void facts::taken(server_task const& task) {
    judge("one_result_ends_a_task", invariants::one_result_ends_a_task(task));
}

void facts::extended(server_task& task, task_record const& read, arrival how) {
    say(task.id, "is extended");
    judge("no_ended_task_is_put_back", invariants::no_ended_task_is_put_back(task, read, how));
    bool const undoes = task.record.status != read.status ||
                        task.record.poll_count != read.poll_count ||
                        task.record.worker_id != read.worker_id;
    task.is_disturbed |= undoes;
}

void facts::timed_out(server_task const& task) {
    say(task.id, "is timed out");
    judge("a_response_timeout_was_unavoidable",
          invariants::a_response_timeout_was_unavoidable(*this, task));
}

void facts::on(std::shared_ptr<life> const& of, runtime_event const& told) {
    std::visit([&](auto const& event) { note(of, event); }, told);
}

void facts::note(std::shared_ptr<life> const& of, events::started const& event) {
    auto const& claimed = event.task;
    judge("a_task_runs_once_at_a_time", invariants::a_task_runs_once_at_a_time(*of, claimed));
    judge("a_recovered_claim_is_not_run", invariants::a_recovered_claim_is_not_run(*of, claimed));
    std::erase_if(of->reports, [&](auto const& made) {
        return made->has_arrived && made->task_id == claimed.id();
    });
    std::string const type(claimed.type());
    runs_.push_back({.number = runs_.size() + 1,
                     .of = of,
                     .task_id = std::string(claimed.id()),
                     .type = type,
                     .poll_count = claimed.poll_count()});
    auto const number = runs_.back().number;
    of->running.insert_or_assign(std::string(claimed.id()), number);
    of->holding[type].insert(number);
    say(of->name, "starts " + std::string(claimed.id()) + " as run " + std::to_string(number));
    judge("no_more_tasks_than_slots", invariants::no_more_tasks_than_slots(*of, type));
}

void facts::note(std::shared_ptr<life> const& of, events::finished const& event) {
    auto const number = run_under_way(*of, event.task.id());
    of->running.erase(std::string(event.task.id()));
    auto* const ended = find(number);
    if (ended == nullptr) return;
    ended->outcome = event.outcome.status();
    ended->state = run_state::held;
    say(of->name, "ends run " + std::to_string(number) + " " +
                      std::string(to_string(event.outcome.status())));
}

void facts::note(std::shared_ptr<life> const& of, events::updated const& event) {
    say(of->name, "has delivered " + event.update.task_id);
    if (is_hand_back(event.update)) return;
    auto* const delivered = find(run_of(event.update));
    if (delivered == nullptr) return;
    judge("a_delivered_result_has_arrived",
          invariants::a_delivered_result_has_arrived(*server_, *delivered));
    settle(*delivered, run_state::delivered);
}

void facts::note(std::shared_ptr<life> const& of, events::update_lost const& event) {
    say(of->name, "has lost " + event.update.task_id + ": " + event.error.message());
    if (is_hand_back(event.update)) return;
    auto* const lost = find(run_of(event.update));
    if (lost == nullptr) return;
    judge("a_result_is_lost_only_with_its_task",
          invariants::a_result_is_lost_only_with_its_task(*server_, *lost));
    settle(*lost, run_state::lost);
}

void facts::note(std::shared_ptr<life> const& of, events::stored const& event) {
    say(of->name, "has stored " + event.update.task_id);
    if (is_hand_back(event.update)) return;
    if (auto* const stored = find(run_of(event.update))) settle(*stored, run_state::stored);
}

void facts::note(std::shared_ptr<life> const& of, events::given_back const& event) {
    say(of->name, "gives back " + std::string(event.task.id()));
    for (auto& one : runs_)
        if (one.of == of && one.task_id == event.task.id() && one.state == run_state::held)
            settle(one, run_state::given_back);
}

void facts::note(std::shared_ptr<life> const& of, events::recovered const& event) {
    say(of->name, "recovers " + std::string(event.task.id()));
    judge("a_recovered_task_runs_nowhere",
          invariants::a_recovered_task_runs_nowhere(*this, *of, event.task));
    of->recovered.emplace(std::string(event.task.id()), event.task.poll_count());
}

void facts::note(std::shared_ptr<life> const& of, events::recovery_unavailable const& event) {
    say(of->name, "cannot look for lost claims: " + std::string(event.why));
    of->recovery_unavailable = now();
}

void facts::note(std::shared_ptr<life> const& of, events::cancelled const& event) {
    say(of->name, "cancels " + std::string(event.task.id()));
    if (auto* const cancelled = find(run_under_way(*of, event.task.id())))
        judge("a_cancelled_task_is_not_ours",
              invariants::a_cancelled_task_is_not_ours(*server_, *cancelled));
}

void facts::note(std::shared_ptr<life> const& of, events::poller_stalled const& event) {
    say(of->name, "gives up a poll of " + std::string(event.type));
    of->has_given_up_polls = true;
    trouble(*of);
}

void facts::at_rest() {
    judge("every_step_has_ended", invariants::every_step_has_ended(*this));
    judge("every_result_is_settled", invariants::every_result_is_settled(*this));
}

}  // namespace conductor::simulation
