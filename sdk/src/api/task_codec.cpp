#include "api/task_codec.hpp"

#include "api/json_text.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace conductor::api {
namespace {

namespace json = boost::json;

failure malformed(std::string_view what) { return {errc::bad_response, std::string(what)}; }

// All values of an answer live and die together: one arena instead of an allocation for each.
json::storage_ptr make_arena(std::string_view body) {
    return json::make_shared_resource<json::monotonic_resource>(body.size() * 2 + 1024);
}

// A task without an id can be neither run nor reported.
result<task> to_task(json::value&& value) {
    auto* object = value.if_object();
    if (object == nullptr) return malformed("a task is not an object");
    task parsed(std::move(*object));
    if (parsed.id().empty() || parsed.workflow_id().empty())
        return malformed("a task lacks taskId or workflowInstanceId");
    return parsed;
}

result<std::vector<task>> to_tasks(json::array& list) {
    std::vector<task> tasks;
    tasks.reserve(list.size());
    for (auto& element : list) {
        auto one = to_task(std::move(element));
        if (!one) return one.error();
        tasks.push_back(*std::move(one));
    }
    return tasks;
}

json::array logs_of(task_update const& update) {
    json::array logs;
    for (auto const& log : update.logs) {
        auto const created = std::chrono::floor<std::chrono::milliseconds>(log.created);
        logs.push_back({{"log", log.text},
                        {"taskId", update.task_id},
                        {"createdTime", created.time_since_epoch().count()}});
    }
    return logs;
}

}  // namespace

result<std::vector<task>> parse_tasks(std::string_view body) {
    if (body.empty()) return std::vector<task>{};
    auto parsed = parse_json(body, make_arena(body));
    if (!parsed) return parsed.error();
    auto* list = parsed->if_array();
    if (list == nullptr) return malformed("a poll was not answered by a list");
    return to_tasks(*list);
}

result<std::vector<task>> parse_hits(std::string_view body) {
    auto parsed = parse_json(body, make_arena(body));
    if (!parsed) return parsed.error();
    auto* const answer = parsed->if_object();
    auto* const hits = answer == nullptr ? nullptr : answer->if_contains("results");
    if (hits == nullptr || !hits->is_array()) return malformed("a search was answered by no list");
    return to_tasks(hits->get_array());
}

result<std::optional<task>> parse_task(std::string_view body) {
    if (body.empty()) return std::optional<task>{};
    auto parsed = parse_json(body, make_arena(body));
    if (!parsed) return parsed.error();
    if (parsed->is_null()) return std::optional<task>{};
    auto one = to_task(*std::move(parsed));
    if (!one) return one.error();
    return std::optional<task>{*std::move(one)};
}

result<std::vector<task_log>> parse_logs(std::string_view body) {
    std::vector<task_log> logs;
    if (body.empty()) return logs;
    auto const parsed = parse_json(body, {});
    if (!parsed) return parsed.error();
    auto const* list = parsed->if_array();
    if (list == nullptr) return malformed("a log is not a list");
    for (auto const& element : *list) {
        auto const* line = element.if_object();
        if (line == nullptr) return malformed("a log line is not an object");
        task const fields(*line);
        logs.push_back({std::string(fields.text("log")),
                        std::chrono::system_clock::time_point{
                            std::chrono::milliseconds{fields.number("createdTime")}}});
    }
    return logs;
}

std::string write_update(task_update const& update) {
    json::object out(update.extra);
    out["taskId"] = update.task_id;
    out["workflowInstanceId"] = update.workflow_id;
    out["workerId"] = update.worker_id;
    out["status"] = to_string(update.status);
    if (!update.reason.empty()) out["reasonForIncompletion"] = update.reason;
    out["callbackAfterSeconds"] = update.callback_after.count();
    if (!update.logs.empty()) out["logs"] = logs_of(update);
    // The output is written apart, so that it need not be copied into `out`.
    auto text = json::serialize(out);
    text.back() = ',';
    text += "\"outputData\":";
    text += update.output_text.empty() ? json::serialize(update.output) : update.output_text;
    text += '}';
    return text;
}

std::string write_lease(lease_request const& lease) {
    return json::serialize(json::object{{"taskId", lease.task_id},
                                        {"workflowInstanceId", lease.workflow_id},
                                        {"workerId", lease.worker_id},
                                        {"status", to_string(task_status::in_progress)},
                                        {"extendLease", true}});
}

}  // namespace conductor::api
