#pragma once

#include "facts.hpp"

#include <optional>
#include <string>
#include <string_view>

/** @brief What must hold of every simulation, whatever goes wrong around it. Each gives a complaint
 *  when it does not hold, none when it does. */
namespace conductor::simulation::invariants {

using complaint = std::optional<std::string>;

/** @brief A process runs no task twice at once. */
complaint a_task_runs_once_at_a_time(life const& of, task const& claimed);
/** @brief A process holds no more tasks than it has slots. */
complaint no_more_tasks_than_slots(life const& of, std::string_view type);
/** @brief A poll asks for no more tasks than there are free slots. */
complaint a_poll_asks_for_free_slots_only(life const& of, poll_request const& asked);
/** @brief All types together ask for no more than the process may have in flight. */
complaint no_more_in_flight_than_allowed(life const& of, poll_request const& asked);
/** @brief Polls do not follow each other without any time passing. */
complaint no_poll_follows_another_without_end(life const& of);
/** @brief A paused type is not polled. */
complaint a_paused_type_is_not_polled(life const& of, poll_request const& asked);
/** @brief A process that drains asks for no task. */
complaint nothing_is_asked_for_while_draining(life const& of);
/** @brief An extension of a lease and a report of the same task are never under way together.
 *
 *  But for a report that handed the task back and has arrived, while its answer is still on its
 *  way: from the later claim the process knows so. And not where the task is disturbed. */
complaint beats_and_reports_take_turns(server const& server, life const& of,
                                       std::string const& task_id);

/** @brief A result is told as lost only if the server had ended the task or somebody else has it.
 */
complaint a_result_is_lost_only_with_its_task(server const& server, run const& lost);
/** @brief A result that is told as delivered has reached the server. */
complaint a_delivered_result_has_arrived(server const& server, run const& delivered);
/** @brief The outbox forgets a result only after it has arrived, or its task is not ours. */
complaint the_outbox_forgets_settled_results_only(server const& server, run const& forgotten);
/** @brief A handler is asked to end only if its task has ended or somebody else has it. */
complaint a_cancelled_task_is_not_ours(server const& server, run const& cancelled);

/** @brief What ends a task is what its handler has said of that very task. */
complaint a_result_is_its_handlers_own(facts const& all, server_task const& task,
                                       task_update const& told);
/** @brief What is said of a task is said of the claim that it is under now. */
complaint a_result_answers_its_own_claim(facts const& all, server_task const& task,
                                         task_update const& told);
/** @brief Who gives a task back has it: it is taken from nobody who claimed it since. */
complaint a_task_is_taken_from_nobody(server_task const& task, task_update const& told);
/** @brief A task that goes back unrun keeps the output that it had. */
complaint a_task_that_goes_back_keeps_its_output(server_task const& task, task_update const& told);
/** @brief A task is ended by one result. */
complaint one_result_ends_a_task(server_task const& task);
/** @brief A task that has ended is not put back by an extension of its lease.
 *
 *  Unless the extension came as a copy, or after its sender had given it up: then nobody could keep
 *  it apart from the report. */
complaint no_ended_task_is_put_back(server_task const& task, task_record const& read, arrival how);
/** @brief The server gives up no task that a process could have kept.
 *
 *  It could not if it had crashed, or failed to reach the server for a good part of the time, or
 *  keeps no leases; and a claim that it never heard of it must be able to look for. */
complaint a_response_timeout_was_unavoidable(facts const& all, server_task const& task);

/** @brief A task that is given back as lost is run by nobody who claimed it. */
complaint a_recovered_task_runs_nowhere(facts const& all, life const& of, task const& recovered);
/** @brief A claim that was given back as lost is not run afterwards. */
complaint a_recovered_claim_is_not_run(life const& of, task const& claimed);

/** @brief A process that has ended by itself leaves no claim behind but those of handlers that did
 *  not return and of results that are in the outbox. Judged where it never had any trouble: a claim
 *  whose answer was lost shortly before cannot be found any more, nor one that a call of its
 *  predecessor makes late. What it was handed just before its patience ended it cannot give back.
 */
complaint nothing_is_claimed_after_the_end(facts const& all, life const& ended);

/** @brief At rest: every step has ended. */
complaint every_step_has_ended(facts const& all);
/** @brief At rest: the result of every handler that ended was delivered or lost, or went with a
 *  process that ended before its time. */
complaint every_result_is_settled(facts const& all);

}  // namespace conductor::simulation::invariants
