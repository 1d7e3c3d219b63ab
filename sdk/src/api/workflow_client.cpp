#include <conductor/workflow_client.hpp>

#include "api/documents.hpp"

#include <boost/json/serialize.hpp>

#include <utility>

namespace conductor {

workflow_client::workflow_client(std::shared_ptr<rest_client> rest) : rest_(std::move(rest)) {}

awaitable<result<std::string>> workflow_client::start(start_workflow_request request) {
    auto body = std::move(request.extra);
    body["name"] = request.name;
    if (request.version) body["version"] = *request.version;
    if (!request.correlation_id.empty()) body["correlationId"] = request.correlation_id;
    body["input"] = std::move(request.input);
    return rest_->call({.method = "POST",
                        .path = "/workflow",
                        .body = boost::json::serialize(body),
                        .repeatable = false});
}

awaitable<result<boost::json::object>> workflow_client::get(std::string workflow_id,
                                                            bool include_tasks) {
    rest_call call{.path = "/workflow/{workflowId}"};
    call.arguments.push_back(std::move(workflow_id));
    call.query.emplace_back("includeTasks", include_tasks ? "true" : "false");
    return api::read_document(rest_, std::move(call));
}

awaitable<result<void>> workflow_client::terminate(std::string workflow_id, std::string reason) {
    return api::run_call(rest_, {.method = "DELETE",
                                 .path = "/workflow/{workflowId}",
                                 .arguments = {std::move(workflow_id)},
                                 .query = {{"reason", std::move(reason)}}});
}

}  // namespace conductor
