#include "endpoint.hpp"
#include "members.hpp"

#include <utility>

namespace conductor::test {

namespace {

http_answer not_found(std::string const& id) {
    return error_answer(404, "No such workflow found by id: " + id);
}

http_answer start(server_state& state, endpoint_call const& call) {
    if (!call.body.is_object()) return error_answer(500, "JSON parse error");
    auto const& request = call.body.get_object();
    auto const name = text_of(request, "name");
    auto const version =
        request.contains("version") ? std::optional{number_of(request, "version")} : std::nullopt;
    auto definition = state.known.workflow(name, version);
    if (!definition) return error_answer(404, "No such workflow defined. name=" + name);
    return text_answer(state.running.start(*std::move(definition), request));
}

http_answer get_workflow(server_state& state, endpoint_call const& call) {
    bool const with_tasks = call.request.query("includeTasks").value_or("true") == "true";
    auto const found = state.running.workflow(call.arguments[0], with_tasks);
    return found ? json_answer(*found) : not_found(call.arguments[0]);
}

http_answer terminate(server_state& state, endpoint_call const& call) {
    auto const reason = call.request.query("reason").value_or("");
    bool const known = state.running.terminate(call.arguments[0], reason);
    return known ? empty_answer(200) : not_found(call.arguments[0]);
}

http_answer remove_execution(server_state& state, endpoint_call const& call) {
    auto const& id = call.arguments[0];
    auto const document = state.running.workflow(id, false);
    if (!document) return not_found(id);
    if (document->at("status") == "RUNNING")
        return error_answer(400, "Cannot archive workflow: " + id + " with status: RUNNING");
    state.running.remove(id);
    return empty_answer(200);
}

http_answer decide(server_state& state, endpoint_call const& call) {
    bool const known = state.running.decide(call.arguments[0]);
    return known ? empty_answer(200) : not_found(call.arguments[0]);
}

constexpr std::array workflow_table{
    endpoint{"POST", "/workflow", start},
    endpoint{"GET", "/workflow/{}", get_workflow},
    endpoint{"DELETE", "/workflow/{}", terminate},
    endpoint{"DELETE", "/workflow/{}/remove", remove_execution},
    endpoint{"PUT", "/workflow/decide/{}", decide},
};

}  // namespace

std::span<endpoint const> workflow_endpoints() { return workflow_table; }

}  // namespace conductor::test
