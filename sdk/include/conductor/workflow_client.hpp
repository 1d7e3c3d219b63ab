#pragma once

#include <conductor/rest_client.hpp>

#include <boost/json/object.hpp>

#include <memory>
#include <string>

namespace conductor {

/** @brief What to start.
 *  @par Source  Conductor `StartWorkflowRequest`. */
struct start_workflow_request {
    /** @brief Name of the workflow's definition. */
    std::string name;
    /** @brief Version; none for the newest. */
    std::optional<int> version{};
    /** @brief Input. */
    boost::json::object input{};
    /** @brief Correlation id; empty for none. */
    std::string correlation_id{};
    /** @brief Members that are not modelled (`taskToDomain`, `priority`, `idempotencyKey` …). */
    boost::json::object extra{};
};

/** @brief Starts and reads executions. Holds on to its `rest_client`.
 *
 *  @par Errors  `rest_client::call_json`'s.
 *  @par Source  Conductor `WorkflowResource`. */
class workflow_client {
public:
    /** @brief A client over a shared connection to the server. */
    explicit workflow_client(std::shared_ptr<rest_client> rest);

    /** @brief Starts an execution and gives its id. Not repeated on an ambiguous failure. */
    awaitable<result<std::string>> start(start_workflow_request request);
    /** @brief Reads an execution, as the server's JSON object.
     *  @param include_tasks  With all its tasks. */
    awaitable<result<boost::json::object>> get(std::string workflow_id, bool include_tasks = true);
    /** @brief Ends an execution as TERMINATED. */
    awaitable<result<void>> terminate(std::string workflow_id, std::string reason);

private:
    std::shared_ptr<rest_client> rest_;
};

}  // namespace conductor
