#include "endpoint.hpp"
#include "members.hpp"

#include <charconv>
#include <utility>

namespace conductor::test {

namespace json = boost::json;

namespace {

std::optional<std::int64_t> version_of(http_request const& request) {
    auto const text = request.query("version");
    std::int64_t version = 0;
    if (!text) return std::nullopt;
    auto const [end, error] = std::from_chars(text->data(), text->data() + text->size(), version);
    return error == std::errc{} ? std::optional{version} : std::nullopt;
}

bool is_list_of_named(json::value const& body) {
    auto const* const list = body.if_array();
    if (list == nullptr) return false;
    for (auto const& each : *list)
        if (!each.is_object() || text_of(each.get_object(), "name").empty()) return false;
    return true;
}

http_answer invalid() {
    return error_answer(400, "Validation failed, check below errors for detail.");
}

http_answer get_task_definition(server_state& state, endpoint_call const& call) {
    auto const found = state.known.task(call.arguments[0]);
    if (found) return json_answer(*found);
    return error_answer(404, "No such taskType found by name: " + call.arguments[0]);
}

// Orkes' document does not have every member that the open-source server keeps.
void keep_task(server_state& state, json::object definition) {
    if (state.speech.orkes) definition.erase("maxRetryDelaySeconds");
    state.known.put_task(std::move(definition));
}

http_answer create_tasks(server_state& state, endpoint_call const& call) {
    if (!is_list_of_named(call.body)) return invalid();
    for (auto const& each : call.body.get_array()) keep_task(state, each.get_object());
    return empty_answer(200);
}

http_answer update_task(server_state& state, endpoint_call const& call) {
    if (!call.body.is_object()) return invalid();
    auto const name = text_of(call.body.get_object(), "name");
    if (!state.known.task(name)) return error_answer(404, "No such task by name " + name);
    keep_task(state, call.body.get_object());
    return empty_answer(200);
}

http_answer remove_task_definition(server_state& state, endpoint_call const& call) {
    if (state.known.remove_task(call.arguments[0])) return empty_answer(200);
    return error_answer(404, "No such taskType found by name: " + call.arguments[0]);
}

http_answer remove_workflow_definition(server_state& state, endpoint_call const& call) {
    std::int64_t version = 0;
    auto const& text = call.arguments[1];
    std::from_chars(text.data(), text.data() + text.size(), version);
    if (state.known.remove_workflow(call.arguments[0], version)) return empty_answer(200);
    return error_answer(404, "No such workflow definition: " + call.arguments[0]);
}

http_answer get_workflow_definition(server_state& state, endpoint_call const& call) {
    auto const version = version_of(call.request);
    auto const found = state.known.workflow(call.arguments[0], version);
    if (found) return json_answer(*found);
    return error_answer(404, "No such workflow found by name: " + call.arguments[0] +
                                 ", version: " + (version ? std::to_string(*version) : "null"));
}

http_answer put_workflows(server_state& state, endpoint_call const& call) {
    if (!is_list_of_named(call.body)) return invalid();
    json::array written;
    for (auto const& each : call.body.get_array()) {
        auto const* const tasks = each.get_object().if_contains("tasks");
        if (tasks == nullptr || !tasks->is_array() || tasks->get_array().empty()) return invalid();
        state.known.put_workflow(each.get_object());
        written.push_back(each.get_object().at("name"));
    }
    return json_answer(
        json::object{{"bulkErrorResults", json::object{}}, {"bulkSuccessfulResults", written}});
}

http_answer create_workflow(server_state& state, endpoint_call const& call) {
    if (!call.body.is_object()) return invalid();
    auto const& definition = call.body.get_object();
    auto const name = text_of(definition, "name");
    if (state.known.workflow(name, number_of(definition, "version", 1)))
        return error_answer(409, "Workflow with " + name + " already exists!");
    state.known.put_workflow(definition);
    return empty_answer(200);
}

constexpr std::array metadata_table{
    endpoint{"GET", "/metadata/taskdefs/{}", get_task_definition},
    endpoint{"POST", "/metadata/taskdefs", create_tasks},
    endpoint{"PUT", "/metadata/taskdefs", update_task},
    endpoint{"DELETE", "/metadata/taskdefs/{}", remove_task_definition},
    endpoint{"GET", "/metadata/workflow/{}", get_workflow_definition},
    endpoint{"PUT", "/metadata/workflow", put_workflows},
    endpoint{"POST", "/metadata/workflow", create_workflow},
    endpoint{"DELETE", "/metadata/workflow/{}/{}", remove_workflow_definition},
};

}  // namespace

std::span<endpoint const> metadata_endpoints() { return metadata_table; }

}  // namespace conductor::test
