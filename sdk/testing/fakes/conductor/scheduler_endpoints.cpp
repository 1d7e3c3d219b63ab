#include "endpoint.hpp"
#include "members.hpp"

namespace conductor::test {

namespace {

http_answer put(server_state& state, endpoint_call const& call) {
    if (!call.body.is_object() || text_of(call.body.get_object(), "name").empty())
        return error_answer(400, "Schedule name cannot be null or empty");
    state.known.put_schedule(call.body.get_object());
    return json_answer(call.body);
}

http_answer get(server_state& state, endpoint_call const& call) {
    auto const found = state.known.schedule(call.arguments[0]);
    if (found) return json_answer(*found);
    if (state.speech.orkes) return empty_answer(200);
    return error_answer(404, "Schedule '" + call.arguments[0] + "' not found");
}

http_answer remove(server_state& state, endpoint_call const& call) {
    state.known.remove_schedule(call.arguments[0]);
    return empty_answer(200);
}

http_answer set_paused(server_state& state, endpoint_call const& call, bool paused) {
    auto const verbs = state.speech.verbs;
    auto const verb = call.request.method == "PUT" ? schedule_verbs::put : schedule_verbs::get;
    if (verbs != schedule_verbs::both && verbs != verb)
        return error_answer(405, "Request method '" + call.request.method + "' is not supported");
    if (state.known.pause_schedule(call.arguments[0], paused)) return empty_answer(200);
    return error_answer(404, "Schedule '" + call.arguments[0] + "' not found");
}

http_answer pause(server_state& state, endpoint_call const& call) {
    return set_paused(state, call, true);
}

http_answer resume(server_state& state, endpoint_call const& call) {
    return set_paused(state, call, false);
}

constexpr std::array endpoints{
    endpoint{"POST", "/scheduler/schedules", put},
    endpoint{"GET", "/scheduler/schedules/{}", get},
    endpoint{"DELETE", "/scheduler/schedules/{}", remove},
    endpoint{"PUT", "/scheduler/schedules/{}/pause", pause},
    endpoint{"GET", "/scheduler/schedules/{}/pause", pause},
    endpoint{"PUT", "/scheduler/schedules/{}/resume", resume},
    endpoint{"GET", "/scheduler/schedules/{}/resume", resume},
};

}  // namespace

std::span<endpoint const> scheduler_endpoints() { return endpoints; }

}  // namespace conductor::test
