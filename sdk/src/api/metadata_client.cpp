#include <conductor/metadata_client.hpp>

#include "api/documents.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace conductor {
namespace {

// The server takes task definitions to create, and workflow definitions, as lists.
std::string as_list(boost::json::object definition) {
    boost::json::array list;
    list.push_back(std::move(definition));
    return boost::json::serialize(list);
}

}  // namespace

metadata_client::metadata_client(std::shared_ptr<rest_client> rest) : rest_(std::move(rest)) {}

awaitable<result<std::optional<boost::json::object>>> metadata_client::task_definition(
    std::string name) {
    return api::find_document(
        rest_, {.path = "/metadata/taskdefs/{tasktype}", .arguments = {std::move(name)}});
}

awaitable<result<void>> metadata_client::create_task_definition(boost::json::object definition) {
    return api::run_call(
        rest_,
        {.method = "POST", .path = "/metadata/taskdefs", .body = as_list(std::move(definition))});
}

awaitable<result<void>> metadata_client::update_task_definition(boost::json::object definition) {
    return api::run_call(rest_, {.method = "PUT",
                                 .path = "/metadata/taskdefs",
                                 .body = boost::json::serialize(definition)});
}

awaitable<result<std::optional<boost::json::object>>> metadata_client::workflow_definition(
    std::string name, std::optional<int> version) {
    rest_call call{.path = "/metadata/workflow/{name}", .arguments = {std::move(name)}};
    if (version) call.query.emplace_back("version", std::to_string(*version));
    return api::find_document(rest_, std::move(call));
}

awaitable<result<void>> metadata_client::put_workflow_definition(boost::json::object definition) {
    return api::run_call(
        rest_,
        {.method = "PUT", .path = "/metadata/workflow", .body = as_list(std::move(definition))});
}

}  // namespace conductor
