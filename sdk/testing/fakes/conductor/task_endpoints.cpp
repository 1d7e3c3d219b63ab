#include "endpoint.hpp"
#include "members.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <utility>

namespace conductor::test {

namespace {

http_answer update(server_state& state, endpoint_call const& call) {
    return take_update(state, call.body, 1);
}

// Orkes lacks some paths of the open-source server below /tasks: to it they name a task.
http_answer no_task(std::string const& id) {
    return error_answer(404, "Task not found for taskId: " + id);
}

http_answer get_task(server_state& state, endpoint_call const& call) {
    auto const found = state.running.task(call.arguments[0]);
    return found ? json_answer(*found) : no_task(call.arguments[0]);
}

http_answer log(server_state& state, endpoint_call const& call) {
    state.running.log(call.arguments[0], {{"log", call.request.body}});
    return empty_answer(200);
}

http_answer logs(server_state& state, endpoint_call const& call) {
    auto lines = state.running.logs(call.arguments[0]);
    return lines.empty() ? empty_answer(204) : json_answer(std::move(lines));
}

std::size_t size_of(http_request const& request, std::string_view name, std::size_t otherwise) {
    auto const text = request.query(name);
    std::size_t size = otherwise;
    if (text) std::from_chars(text->data(), text->data() + text->size(), size);
    return size;
}

http_answer search(server_state& state, endpoint_call const& call) {
    if (state.speech.orkes) return no_task("search-v2");
    task_query const query{call.request.query("query").value_or("")};
    if (query.fault() == query_fault::malformed)
        return error_answer(400, "Incorrectly formatted query string: " + query.faulty());
    if (query.fault() == query_fault::unknown_member)
        return error_answer(501, "fake_conductor cannot search by: " + query.faulty());
    auto const hits = state.running.search(query);
    auto const begin = std::min(size_of(call.request, "start", 0), hits.size());
    auto const end = begin + std::min(size_of(call.request, "size", 100), hits.size() - begin);
    boost::json::array page(hits.begin() + begin, hits.begin() + end);
    return json_answer(boost::json::object{{"totalHits", hits.size()}, {"results", page}});
}

// A server without external storage makes up a path, and no address to go with it.
http_answer storage_location(server_state& state, endpoint_call const& call) {
    if (state.speech.orkes) return no_task("externalstoragelocation");
    auto const path = call.request.query("path").value_or("");
    return json_answer(boost::json::object{{"path", path + "stored-nowhere.json"}});
}

// Every value of a parameter that may stand several times.
std::vector<std::string> all_of(http_request const& request, std::string_view name) {
    std::vector<std::string> values;
    boost::urls::url_view const target(request.target);
    for (auto const& each : target.params())
        if (each.key == name) values.emplace_back(each.value);
    return values;
}

http_answer queue_sizes(server_state& state, endpoint_call const& call) {
    boost::json::object sizes;
    for (auto const& queue : all_of(call.request, "taskType")) {
        auto const colon = queue.find(':');
        bool const has_domain = colon != std::string::npos;
        queue_name const name{.type = has_domain ? queue.substr(colon + 1) : queue,
                              .domain = has_domain ? queue.substr(0, colon) : ""};
        sizes[queue] = state.running.queue_size(name);
    }
    return json_answer(std::move(sizes));
}

// The open-source server knows a queue once a task was in it; so it is with Orkes, as far as its
// documents tell.
http_answer all_poll_data(server_state& state, endpoint_call const&) {
    boost::json::array list;
    boost::json::object queues;
    for (auto const& [queue, last] : state.polls) {
        boost::json::object entry{
            {"queueName", queue.type}, {"workerId", last.worker_id}, {"lastPollTime", last.time}};
        if (!queue.domain.empty()) entry["domain"] = queue.domain;
        list.emplace_back(std::move(entry));
        queues[queue.type] = {{"size", state.running.queue_size(queue)}};
    }
    if (!state.speech.orkes) return json_answer(std::move(list));
    return json_answer(
        boost::json::object{{"queueData", std::move(queues)}, {"pollData", std::move(list)}});
}

constexpr std::array task_table{
    endpoint{"POST", "/tasks", update},
    endpoint{"GET", "/tasks/search-v2", search},
    endpoint{"GET", "/tasks/externalstoragelocation", storage_location},
    endpoint{"GET", "/tasks/queue/sizes", queue_sizes},
    endpoint{"GET", "/tasks/queue/polldata/all", all_poll_data},
    endpoint{"GET", "/tasks/{}", get_task},
    endpoint{"POST", "/tasks/{}/log", log},
    endpoint{"GET", "/tasks/{}/log", logs},
};

}  // namespace

std::span<endpoint const> task_endpoints() { return task_table; }

http_answer take_update(server_state& state, boost::json::value const& body, int version) {
    auto const* const result = body.if_object();
    if (result == nullptr) return error_answer(500, "JSON parse error");
    auto const task_id = text_of(*result, "taskId");
    auto const workflow_id = text_of(*result, "workflowInstanceId");
    if (task_id.empty() || workflow_id.empty())
        return error_answer(400, "Validation failed, check below errors for detail.");
    if (text_of(*result, "status").empty() && !flag_of(*result, "extendLease"))
        return error_answer(500, "status is null");
    auto const verdict = state.running.update(*result);
    state.updates.push_back({version, *result, verdict});
    switch (verdict) {
        case update_verdict::no_such_workflow:
            return error_answer(404, "No such workflow found by id: " + workflow_id);
        case update_verdict::no_such_task:
            return error_answer(404, "No such task found by id: " + task_id);
        case update_verdict::ended:
        case update_verdict::goes_on:
        case update_verdict::ignored: break;
    }
    return text_answer(task_id);
}

}  // namespace conductor::test
