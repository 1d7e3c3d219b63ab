#pragma once

#include <conductor/environment.hpp>
#include <conductor/error.hpp>
#include <conductor/task.hpp>

#include <boost/json/object.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace conductor {

/** @brief What to ask the server for. */
struct poll_request {
    /** @brief The task type. */
    std::string type;
    /** @brief Who asks; the server notes it in the task. */
    std::string worker_id;
    /** @brief The domain; empty for none (the parameter is then not sent). */
    std::string domain;
    /** @brief At most so many tasks. */
    std::size_t count = 1;
    /** @brief How long the server may wait for `count` tasks; at most 5 s. Zero asks once. */
    std::chrono::milliseconds wait{0};
};

/** @brief Whose lease to extend. */
struct lease_request {
    /** @brief `taskId`. */
    std::string task_id;
    /** @brief `workflowInstanceId`. */
    std::string workflow_id;
    /** @brief `workerId`. */
    std::string worker_id;
};

/** @brief Which tasks to search for. */
struct search_request {
    /** @brief The task type. */
    std::string type;
    /** @brief `status`, as the server names it. */
    std::string status = "IN_PROGRESS";
    /** @brief Where to begin in the list of hits. */
    std::size_t start = 0;
    /** @brief At most so many hits. */
    std::size_t count = 100;
};

/** @brief The server as a worker runtime sees it: the one seam that tests replace.
 *
 *  @par Errors        `condition::transient`, `condition::unauthorized`, `errc::bad_response`, an
 *                     HTTP status. `failure::may_have_arrived` tells whether repeating is safe.
 *  @par Threads       The runtime's thread.
 *  @par Cancellation  Terminal only.
 */
class task_api {
public:
    virtual ~task_api() = default;
    /** @brief Claims up to `count` tasks; an empty list means that none were waiting.
     *
     *  Not repeatable: an answer lost on the way strands the tasks in it until their response
     *  timeout.
     *  @par Source  Conductor `TaskResource.batchPoll`. */
    virtual awaitable<result<std::vector<task>>> poll(poll_request request) = 0;
    /** @brief Reports a result. Repeating it is harmless: a task that has ended ignores it.
     *  @par Source  Conductor `TaskResource.updateTask`. */
    virtual awaitable<result<void>> update(task_update const& update) = 0;
    /** @brief Reports a result and claims the next task of the same type and domain.
     *
     *  Not repeatable: after an ambiguous failure repeat with `update()`.
     *  @return No task when none was waiting or the result did not end the task.
     *  @par Source  Conductor `TaskResource.updateTaskV2`. */
    virtual awaitable<result<std::optional<task>>> update_and_poll(task_update const& update) = 0;
    /** @brief Starts the task's response timeout anew; says nothing when the task has ended.
     *
     *  The server writes the task back as it read it, so no update of the task may be under way.
     *  @par Source  Conductor `WorkflowExecutorOps.updateTask`, `ExecutionDAOFacade.extendLease`.
     */
    virtual awaitable<result<void>> extend_lease(lease_request request) = 0;
    /** @brief Finds tasks by type and status. A hit lacks what the server fills in at poll time.
     *
     *  An empty list means nothing where the server keeps no index.
     *  @par Source  Conductor `TaskResource.searchV2`. */
    virtual awaitable<result<std::vector<task>>> search(search_request request) = 0;
    /** @brief Adds one line to a task's log.
     *  @par Source  Conductor `TaskResource.log`. */
    virtual awaitable<result<void>> log(std::string task_id, std::string text) = 0;
    /** @brief Reads a task.
     *  @par Source  Conductor `TaskResource.getTask`. */
    virtual awaitable<result<task>> get(std::string task_id) = 0;
    /** @brief Reads a task's input that is kept in external payload storage.
     *  @param path  The task's `externalInputPayloadStoragePath`.
     *  @par Errors  `errc::bad_response` where the server gives no address to read from, or what is
     *               there is no JSON object; those of the storage.
     *  @par Source  Conductor `TaskResource.getExternalStorageLocation`. */
    virtual awaitable<result<boost::json::object>> fetch_input(std::string path) = 0;
    /** @brief Reads what an earlier claim left as the task's output and is kept in external payload
     *  storage.
     *  @param path  The task's `externalOutputPayloadStoragePath`.
     *  @par Errors  As of `fetch_input`.
     *  @par Source  Conductor `TaskResource.getExternalStorageLocation`. */
    virtual awaitable<result<boost::json::object>> fetch_output(std::string path) = 0;
    /** @brief Puts a task's output into external payload storage.
     *  @param output  As JSON.
     *  @return What the task's `externalOutputPayloadStoragePath` has to be.
     *  @par Errors  `errc::bad_response` where the server gives no address to write to; those of
     * the storage.
     *  @par Source  Conductor `TaskResource.getExternalStorageLocation`. */
    virtual awaitable<result<std::string>> store_output(std::string output) = 0;
};

}  // namespace conductor
