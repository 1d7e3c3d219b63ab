#pragma once

#include "definitions.hpp"
#include "task_queue.hpp"
#include "task_search.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace conductor::test {

/** @brief Who polls for what. */
struct claim_request {
    /** @brief Of which queue. */
    queue_name queue;
    /** @brief Noted in the claimed tasks. */
    std::string worker_id{};
    /** @brief At most so many. */
    std::size_t count = 1;
};

/** @brief What became of an update. */
enum class update_verdict {
    /** @brief The task has ended. */
    ended,
    /** @brief The task goes on: given back, or its lease extended. */
    goes_on,
    /** @brief The task or its workflow had ended before. */
    ignored,
    /** @brief It names a workflow that is not known. */
    no_such_workflow,
    /** @brief It names a task that is not known. */
    no_such_task,
};

/** @brief Runs workflows of SIMPLE tasks in sequence, as the open-source server does.
 *
 *  It looks for response timeouts only when it is told to.
 *  @par Source  Conductor `ExecutionService.poll`, `WorkflowExecutorOps.updateTask`,
 *               `DeciderService.retry`, `DeciderService.isResponseTimedOut`; held to it by the
 *               conformance tests. */
class executions {
public:
    /** @brief Without executions.
     *  @param known          The definitions, read when they are needed.
     *  @param honour_delays  Whether `callbackAfterSeconds` and retry delays are waited for. */
    executions(definitions const& known, bool honour_delays)
        : definitions_(known), honour_delays_(honour_delays) {}

    /** @brief Starts a workflow and gives its id.
     *  @param request  `StartWorkflowRequest`: its `correlationId`, `input`, `taskToDomain`. */
    std::string start(boost::json::object definition, boost::json::object const& request);
    /** @brief An execution with or without its tasks. */
    std::optional<boost::json::object> workflow(std::string const& id, bool with_tasks) const;
    /** @brief Ends an execution; false if there is none. */
    bool terminate(std::string const& id, std::string const& reason);
    /** @brief Forgets an execution that is over, and its tasks; false if there is none. */
    bool remove(std::string const& id);

    /** @brief Looks whether tasks of an execution have timed out; false if there is none. */
    bool decide(std::string const& id);

    /** @brief Claims tasks that are due. */
    boost::json::array claim(claim_request const& request);
    /** @brief How many tasks wait in a queue. */
    std::size_t queue_size(queue_name const& name) const { return queue_.size(name); }
    /** @brief When the next task of a queue is due. */
    std::optional<task_queue::due_time> next_due(queue_name const& name) const {
        return queue_.next_due(name);
    }
    /** @brief Takes a `TaskResult`. */
    update_verdict update(boost::json::object const& result);
    /** @brief A task. */
    std::optional<boost::json::object> task(std::string const& id) const;
    /** @brief Whether there is such a task and it has ended. */
    bool has_ended(std::string const& task_id) const;
    /** @brief All tasks that meet a query. The index knows a task from its first update on. */
    boost::json::array search(task_query const& query) const;
    /** @brief Adds a line to a task's log; whether there is such a task does not matter. */
    void log(std::string const& task_id, boost::json::object line);
    /** @brief A task's log. */
    boost::json::array logs(std::string const& task_id) const;

    /** @brief The largest number of tasks of a type that were claimed at once. */
    std::size_t claimed_max(std::string const& type) const;

private:
    struct execution {
        boost::json::object document;
        boost::json::array plan;
        std::vector<std::string> task_ids;
        std::size_t next = 0;
        boost::json::object domains;
    };
    struct claim_count {
        std::size_t now = 0;
        std::size_t max = 0;
    };

    void schedule(execution& of, boost::json::object const& step,
                  boost::json::object const* failed_attempt);
    void advance(execution& of);
    void end(execution& of, std::string_view status, std::string const& reason);
    void end_task(boost::json::object& task, std::string_view status);
    void set_status(boost::json::object& task, std::string_view status);
    void apply(execution& of, boost::json::object& task, boost::json::object const& result);
    update_verdict extend_lease(boost::json::object const& result);
    void give_back(boost::json::object const& task);
    void time_out(execution& of, boost::json::object& task);
    void retry_or_fail(execution& of, boost::json::object& task);
    boost::json::object scope_of(execution const& of) const;
    task_queue::due_time due_in(std::chrono::seconds delay) const;

    definitions const& definitions_;
    bool honour_delays_;
    task_queue queue_;
    std::map<std::string, execution> executions_;
    std::map<std::string, boost::json::object> tasks_;
    std::map<std::string, boost::json::array> logs_;
    std::map<std::string, claim_count> claims_;
    std::uint64_t last_id_ = 0;
};

}  // namespace conductor::test
