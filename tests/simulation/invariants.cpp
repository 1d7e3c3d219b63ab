#include "invariants.hpp"

#include <algorithm>
#include <chrono>

namespace conductor::simulation::invariants {
namespace {

using std::chrono::seconds;

// Lost claims are looked for until 35 s after the last failure; what is found is read twice and
// given back.
constexpr seconds looks_end{45};
// Search is not asked again for so long after it was of no use.
constexpr seconds no_search{601};
// How long a claim may be on its way to a process, through its outbox and back, without any
// trouble.
constexpr std::chrono::milliseconds there_and_back{700};
// Far more than all types together may send at one moment.
constexpr int polls_at_once_max = 100;

complaint when(bool broken, std::string text) {
    return broken ? complaint{std::move(text)} : std::nullopt;
}

std::size_t held(life const& of, std::string_view type) {
    auto const found = of.holding.find(type);
    return found == of.holding.end() ? 0 : found->second.size();
}

std::size_t number_of(std::map<std::string, std::size_t, std::less<>> const& slots,
                      std::string_view type) {
    auto const found = slots.find(type);
    return found == slots.end() ? 0 : found->second;
}

int beats_under_way(life const& of, std::string_view task_id) {
    auto const found = of.beats.find(task_id);
    return found == of.beats.end() ? 0 : found->second;
}

int reports_under_way(life const& of, std::string_view task_id) {
    auto const is_about_it = [&](auto const& made) { return made->task_id == task_id; };
    return static_cast<int>(std::ranges::count_if(of.reports, is_about_it));
}

std::string name_of(run const& one) {
    return "run " + std::to_string(one.number) + " of " + one.task_id + " on " + one.of->name;
}

bool is_still_ours(server const& server, run const& one) {
    auto const* const task = server.find(one.task_id);
    return task != nullptr && !task->is_disturbed &&
           task->is_claimed_by(one.of->worker_id, one.poll_count);
}

bool has_arrived(server const& server, run const& one) {
    auto const* const task = server.find(one.task_id);
    return task->is_disturbed || task->runs_seen.contains(one.number);
}

// The process that holds a claim: the one that claimed, or one that took over its id.
std::shared_ptr<life> keeper_of(facts const& all, server_task const& task) {
    for (auto const& one : all.lives())
        if (one->is_alive && one->worker_id == task.record.worker_id) return one;
    return nullptr;
}

// The process knows of the claim: it runs the task, or has a result of it to deliver.
bool has_heard(facts const& all, life const& keeper, server_task const& task) {
    return std::ranges::any_of(all.runs(), [&](run const& one) {
        return one.state <= run_state::stored && one.task_id == task.id &&
               one.poll_count == task.record.poll_count && one.of->worker_id == keeper.worker_id;
    });
}

// It can look for claims that it has not heard of.
bool searches(facts const& all, life const& keeper) {
    auto const& unavailable = keeper.recovery_unavailable;
    return all.observed().options().has_index &&
           !(unavailable && all.now() < *unavailable + no_search);
}

// A claim in its name that it could have found: what a call of its predecessor claims late it
// learns of by looking alone.
bool could_know(facts const& all, life const& ended, server_task const& task) {
    if (task.is_claim_unheard) return false;
    return !task.is_claim_orphaned || (searches(all, ended) && all.now() > ended.began + looks_end);
}

// It had set out to give the task back.
bool is_going_back(facts const& all, life const& ended, server_task const& task) {
    return std::ranges::any_of(all.runs(), [&](run const& one) {
        return one.state == run_state::given_back && one.task_id == task.id &&
               one.poll_count == task.record.poll_count && one.of->worker_id == ended.worker_id;
    });
}

}  // namespace

complaint a_task_runs_once_at_a_time(life const& of, task const& claimed) {
    return when(of.running.contains(claimed.id()),
                of.name + " runs " + std::string(claimed.id()) + " already");
}

complaint no_more_tasks_than_slots(life const& of, std::string_view type) {
    return when(
        held(of, type) > number_of(of.slots_ever, type),
        of.name + " holds " + std::to_string(held(of, type)) + " tasks of " + std::string(type));
}

complaint a_poll_asks_for_free_slots_only(life const& of, poll_request const& asked) {
    auto const taken = held(of, asked.type) + asked.count;
    return when(taken > number_of(of.slots, asked.type),
                of.name + " asks for " + std::to_string(asked.count) + " of " + asked.type +
                    " and holds " + std::to_string(held(of, asked.type)) + " of " +
                    std::to_string(number_of(of.slots, asked.type)));
}

complaint no_more_in_flight_than_allowed(life const& of, poll_request const& asked) {
    std::size_t taken = of.asked + asked.count;
    for (auto const& [type, runs] : of.holding) taken += runs.size();
    return when(of.in_flight_max > 0 && taken > of.in_flight_max && !of.has_given_up_polls,
                of.name + " has asked for " + std::to_string(taken));
}

complaint no_poll_follows_another_without_end(life const& of) {
    return when(of.polls_at_once > polls_at_once_max, of.name + " polls in circles");
}

complaint a_paused_type_is_not_polled(life const& of, poll_request const& asked) {
    return when(of.paused.contains(asked.type), of.name + " polls " + asked.type);
}

complaint nothing_is_asked_for_while_draining(life const& of) {
    return when(of.is_draining, of.name + " asks for a task");
}

complaint beats_and_reports_take_turns(server const& server, life const& of,
                                       std::string const& task_id) {
    auto const* const task = server.find(task_id);
    if (task != nullptr && task->is_disturbed) return std::nullopt;
    auto const beats = beats_under_way(of, task_id);
    return when(beats > 0 && beats + reports_under_way(of, task_id) > 1,
                of.name + " extends and reports " + task_id + " at once");
}

complaint a_result_is_lost_only_with_its_task(server const& server, run const& lost) {
    return when(is_still_ours(server, lost),
                name_of(lost) + " is lost, and its task is still ours");
}

complaint a_delivered_result_has_arrived(server const& server, run const& delivered) {
    return when(!has_arrived(server, delivered),
                name_of(delivered) + " has not reached the server");
}

complaint the_outbox_forgets_settled_results_only(server const& server, run const& forgotten) {
    return when(!has_arrived(server, forgotten) && is_still_ours(server, forgotten),
                name_of(forgotten) + " is forgotten");
}

complaint a_cancelled_task_is_not_ours(server const& server, run const& cancelled) {
    return when(is_still_ours(server, cancelled), name_of(cancelled) + " is asked to end");
}

complaint a_result_is_its_handlers_own(facts const& all, server_task const& task,
                                       task_update const& told) {
    auto const number = run_of(told);
    if (number == 0)
        return when(told.status != task_status::in_progress, task.id + " is ended by no run");
    if (number > all.runs().size()) return task.id + " is ended by a run that never was";
    auto const& one = all.runs()[number - 1];
    return when(one.task_id != task.id || one.outcome != told.status,
                task.id + " is told what " + name_of(one) + " has not said");
}

complaint a_result_answers_its_own_claim(facts const& all, server_task const& task,
                                         task_update const& told) {
    auto const number = run_of(told);
    bool const is_judged = number > 0 && number <= all.runs().size() && !task.is_disturbed &&
                           !has_ended(task.record.status);
    if (!is_judged) return std::nullopt;
    // A second claim in the same name is taken for the first.
    auto const& one = all.runs()[number - 1];
    return when(
        one.poll_count != task.record.poll_count && one.of->worker_id != task.record.worker_id,
        task.id + ", claimed by " + task.record.worker_id + ", is told what " + name_of(one) +
            " said of an earlier claim");
}

complaint a_task_is_taken_from_nobody(server_task const& task, task_update const& told) {
    bool const is_taken =
        task.record.status == phase::in_progress && task.record.worker_id != told.worker_id;
    return when(told.status == task_status::in_progress && is_taken && !task.is_disturbed,
                task.id + " is taken from " + task.record.worker_id + " by " + told.worker_id);
}

complaint a_task_that_goes_back_keeps_its_output(server_task const& task, task_update const& told) {
    bool const goes_back = told.status == task_status::in_progress && run_of(told) == 0;
    return when(goes_back && !task.is_disturbed && !has_ended(task.record.status) &&
                    output_of(told) != task.record.output,
                task.id + " loses its output");
}

complaint one_result_ends_a_task(server_task const& task) {
    return when(task.results_taken > 1 && !task.is_disturbed, task.id + " is ended twice");
}

complaint no_ended_task_is_put_back(server_task const& task, task_record const& read, arrival how) {
    // What the server itself has ended it puts back by itself: a beat cannot know.
    bool const by_us = has_ended(task.record.status) && task.ended_by == read.worker_id;
    return when(by_us && !how.is_stray() && !how.is_unanswered && !task.is_disturbed,
                task.id + " is put back to IN_PROGRESS");
}

complaint a_response_timeout_was_unavoidable(facts const& all, server_task const& task) {
    if (task.is_claim_unheard || task.is_disturbed) return std::nullopt;
    auto const keeper = keeper_of(all, task);
    if (!keeper || !keeper->keeps_leases || keeper->is_draining) return std::nullopt;
    // Who took over the id may serve other types, and looks for claims of its own alone.
    if (!keeper->slots_ever.contains(task.type)) return std::nullopt;
    if (keeper->calls_in_trouble > 0) return std::nullopt;
    auto const now = all.now();
    // From when on the process could do all it should.
    auto calm = std::max(keeper->began, keeper->last_trouble);
    if (!has_heard(all, *keeper, task)) {
        if (!searches(all, *keeper)) return std::nullopt;
        calm += looks_end;
    }
    auto const quiet = now - std::max(calm, task.updated);
    return when(calm < now && quiet > task.response_timeout * 0.5,
                task.id + " was kept by " + keeper->name);
}

complaint a_recovered_task_runs_nowhere(facts const& all, life const& of, task const& recovered) {
    auto const* const task = all.observed().find(std::string(recovered.id()));
    for (auto const& one : all.runs()) {
        bool const runs = one.state == run_state::running && one.of->is_alive;
        if (runs && one.task_id == task->id &&
            task->is_claimed_by(one.of->worker_id, one.poll_count) && !task->is_disturbed)
            return of.name + " gives back " + name_of(one);
    }
    return std::nullopt;
}

complaint a_recovered_claim_is_not_run(life const& of, task const& claimed) {
    bool const was_recovered =
        of.recovered.contains({std::string(claimed.id()), claimed.poll_count()});
    return when(was_recovered,
                of.name + " runs " + std::string(claimed.id()) + ", which it has given back");
}

complaint nothing_is_claimed_after_the_end(facts const& all, life const& ended) {
    if (ended.last_trouble > ended.began || ended.calls_in_trouble > 0) return std::nullopt;
    bool const is_cut_off = all.now() >= ended.ends_at_last;
    auto const cut_off = is_cut_off ? all.now() - there_and_back : all.now();
    for (auto const& task : all.observed().tasks()) {
        if (is_cut_off && is_going_back(all, ended, task)) continue;
        bool const is_claimed = task.record.status == phase::in_progress &&
                                task.record.worker_id == ended.worker_id &&
                                task.claimed >= ended.began && task.claimed <= cut_off;
        if (is_claimed && could_know(all, ended, task) && !task.is_disturbed &&
            !has_heard(all, ended, task))
            return ended.name + " ends and leaves " + task.id;
    }
    return std::nullopt;
}

complaint every_step_has_ended(facts const& all) {
    for (auto const& task : all.observed().tasks())
        if (!has_ended(task.record.status) && !task.is_disturbed)
            return task.id + " is " + std::string(to_string(task.record.status));
    return std::nullopt;
}

complaint every_result_is_settled(facts const& all) {
    for (auto const& one : all.runs())
        if (one.state <= run_state::stored) return name_of(one) + " is neither delivered nor lost";
    return std::nullopt;
}

}  // namespace conductor::simulation::invariants
