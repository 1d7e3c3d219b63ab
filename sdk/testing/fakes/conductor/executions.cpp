#include "executions.hpp"

#include "expressions.hpp"
#include "members.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace conductor::test {

namespace json = boost::json;

namespace {

constexpr std::size_t logs_per_update = 10;
constexpr std::size_t reason_max = 500;

std::int64_t wall_milliseconds() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

bool has_timed_out(json::object const& task) {
    auto const limit = number_of(task, "responseTimeoutSeconds");
    auto const allowed = (limit + number_of(task, "callbackAfterSeconds")) * 1000;
    return text_of(task, "status") == "IN_PROGRESS" && limit > 0 &&
           wall_milliseconds() - number_of(task, "updateTime") >= allowed;
}

bool is_over(json::object const& document) {
    auto const status = text_of(document, "status");
    return status != "RUNNING" && status != "SCHEDULED" && status != "IN_PROGRESS";
}

}  // namespace

std::string executions::start(json::object definition, json::object const& request) {
    auto const id = "workflow-" + std::to_string(++last_id_);
    auto& started = executions_[id];
    started.document = {{"workflowId", id},
                        {"workflowName", definition["name"]},
                        {"workflowVersion", definition["version"]},
                        {"status", "RUNNING"},
                        {"createTime", wall_milliseconds()},
                        {"startTime", wall_milliseconds()},
                        {"endTime", 0},
                        {"correlationId", text_of(request, "correlationId")},
                        {"input", object_of(request, "input")},
                        {"output", json::object{}}};
    started.plan = definition["tasks"].as_array();
    started.domains = object_of(request, "taskToDomain");
    started.document["workflowDefinition"] = std::move(definition);
    advance(started);
    return id;
}

std::optional<json::object> executions::workflow(std::string const& id, bool with_tasks) const {
    auto const found = executions_.find(id);
    if (found == executions_.end()) return std::nullopt;
    auto document = found->second.document;
    json::array tasks;
    if (with_tasks)
        for (auto const& each : found->second.task_ids) tasks.emplace_back(tasks_.at(each));
    document["tasks"] = std::move(tasks);
    return document;
}

bool executions::terminate(std::string const& id, std::string const& reason) {
    auto const found = executions_.find(id);
    if (found == executions_.end()) return false;
    if (!is_over(found->second.document)) end(found->second, "TERMINATED", reason);
    return true;
}

bool executions::remove(std::string const& id) {
    auto const found = executions_.find(id);
    if (found == executions_.end()) return false;
    for (auto const& each : found->second.task_ids) tasks_.erase(each);
    executions_.erase(found);
    return true;
}

bool executions::decide(std::string const& id) {
    auto const found = executions_.find(id);
    if (found == executions_.end()) return false;
    if (is_over(found->second.document)) return true;
    // A copy: what times out may be tried again, as a task more.
    for (auto const& each : std::vector{found->second.task_ids}) {
        auto& task = tasks_.at(each);
        if (has_timed_out(task)) time_out(found->second, task);
    }
    return true;
}

json::array executions::claim(claim_request const& request) {
    json::array claimed;
    auto const now = std::chrono::steady_clock::now();
    for (auto const& id : queue_.take(request.queue, request.count, now)) {
        auto& task = tasks_.at(id);
        set_status(task, "IN_PROGRESS");
        if (number_of(task, "startTime") == 0) task["startTime"] = wall_milliseconds();
        task["updateTime"] = wall_milliseconds();
        task["workerId"] = request.worker_id;
        task["callbackAfterSeconds"] = 0;
        task["pollCount"] = number_of(task, "pollCount") + 1;
        claimed.emplace_back(task);
    }
    return claimed;
}

update_verdict executions::update(json::object const& result) {
    if (flag_of(result, "extendLease")) return extend_lease(result);
    auto const owner = executions_.find(text_of(result, "workflowInstanceId"));
    if (owner == executions_.end()) return update_verdict::no_such_workflow;
    auto const task = tasks_.find(text_of(result, "taskId"));
    if (task == tasks_.end()) return update_verdict::no_such_task;
    if (is_over(task->second) || is_over(owner->second.document)) {
        queue_.remove(task->first);
        return update_verdict::ignored;
    }
    apply(owner->second, task->second, result);
    return is_over(task->second) ? update_verdict::ended : update_verdict::goes_on;
}

update_verdict executions::extend_lease(json::object const& result) {
    auto const task = tasks_.find(text_of(result, "taskId"));
    if (task == tasks_.end()) return update_verdict::no_such_task;
    if (is_over(task->second)) return update_verdict::ignored;
    task->second["updateTime"] = wall_milliseconds();
    return update_verdict::goes_on;
}

std::optional<json::object> executions::task(std::string const& id) const {
    auto const found = tasks_.find(id);
    return found == tasks_.end() ? std::nullopt : std::optional{found->second};
}

bool executions::has_ended(std::string const& task_id) const {
    auto const found = tasks_.find(task_id);
    return found != tasks_.end() && is_over(found->second);
}

json::array executions::search(task_query const& query) const {
    json::array hits;
    for (auto const& [id, task] : tasks_)
        if (number_of(task, "updateTime") != 0 && query.is_met_by(task)) hits.emplace_back(task);
    return hits;
}

void executions::log(std::string const& task_id, json::object line) {
    line["taskId"] = task_id;
    if (!line.contains("createdTime")) line["createdTime"] = wall_milliseconds();
    logs_[task_id].push_back(std::move(line));
}

json::array executions::logs(std::string const& task_id) const {
    auto const found = logs_.find(task_id);
    return found == logs_.end() ? json::array{} : found->second;
}

std::size_t executions::claimed_max(std::string const& type) const {
    auto const found = claims_.find(type);
    return found == claims_.end() ? 0 : found->second.max;
}

void executions::schedule(execution& of, json::object const& step,
                          json::object const* failed_attempt) {
    auto const id = "task-" + std::to_string(++last_id_);
    auto const type = text_of(step, "name");
    json::object task{{"taskId", id},
                      {"taskType", type},
                      {"taskDefName", type},
                      {"referenceTaskName", text_of(step, "taskReferenceName")},
                      {"workflowInstanceId", of.document["workflowId"]},
                      {"workflowType", of.document["workflowName"]},
                      {"correlationId", of.document["correlationId"]},
                      {"status", "SCHEDULED"},
                      {"seq", of.task_ids.size() + 1},
                      {"retryCount", 0},
                      {"pollCount", 0},
                      {"scheduledTime", wall_milliseconds()},
                      {"startTime", 0},
                      {"endTime", 0},
                      {"updateTime", 0},
                      {"callbackAfterSeconds", 0},
                      {"responseTimeoutSeconds", definitions_.response_timeout(type)},
                      {"retried", false},
                      {"outputData", json::object{}},
                      {"workflowTask", step}};
    task["inputData"] = resolve_expressions(object_of(step, "inputParameters"), scope_of(of));
    if (auto domain = text_of(of.domains, type); !domain.empty()) task["domain"] = domain;
    std::chrono::seconds delay{0};
    if (failed_attempt != nullptr) {
        auto const attempts = number_of(*failed_attempt, "retryCount") + 1;
        task["retryCount"] = attempts;
        task["retriedTaskId"] = failed_attempt->at("taskId");
        task["reasonForIncompletion"] = text_of(*failed_attempt, "reasonForIncompletion");
        delay = definitions_.retry_delay(type, attempts);
    }
    of.task_ids.push_back(id);
    queue_.put({type, text_of(task, "domain")}, id, due_in(delay));
    tasks_[id] = std::move(task);
}

void executions::advance(execution& of) {
    if (of.next < of.plan.size()) {
        schedule(of, of.plan[of.next++].as_object(), nullptr);
        return;
    }
    auto const& definition = of.document["workflowDefinition"].as_object();
    auto const pattern = object_of(definition, "outputParameters");
    of.document["output"] = pattern.empty() ? tasks_.at(of.task_ids.back()).at("outputData")
                                            : resolve_expressions(pattern, scope_of(of));
    end(of, "COMPLETED", {});
}

void executions::end(execution& of, std::string_view status, std::string const& reason) {
    of.document["status"] = status;
    of.document["endTime"] = wall_milliseconds();
    if (!reason.empty()) of.document["reasonForIncompletion"] = reason;
    for (auto const& id : of.task_ids) {
        auto& task = tasks_.at(id);
        if (!is_over(task)) end_task(task, "CANCELED");
    }
}

void executions::end_task(json::object& task, std::string_view status) {
    queue_.remove(text_of(task, "taskId"));
    set_status(task, status);
    task["endTime"] = wall_milliseconds();
    if (number_of(task, "updateTime") == 0) task["updateTime"] = wall_milliseconds();
}

void executions::set_status(json::object& task, std::string_view status) {
    auto& count = claims_[text_of(task, "taskType")];
    if (task["status"] == "IN_PROGRESS") --count.now;
    if (status == "IN_PROGRESS") count.max = std::max(count.max, ++count.now);
    task["status"] = status;
}

void executions::apply(execution& of, json::object& task, json::object const& result) {
    task["outputData"] = object_of(result, "outputData");
    task["workerId"] = text_of(result, "workerId");
    task["callbackAfterSeconds"] = number_of(result, "callbackAfterSeconds");
    task["updateTime"] = wall_milliseconds();
    if (auto reason = text_of(result, "reasonForIncompletion"); !reason.empty())
        task["reasonForIncompletion"] = reason.substr(0, reason_max);
    if (auto const* const lines = result.if_contains("logs")) {
        auto const count = std::min(lines->as_array().size(), logs_per_update);
        for (std::size_t i = 0; i < count; ++i)
            log(text_of(task, "taskId"), lines->as_array()[i].as_object());
    }
    auto const status = text_of(result, "status");
    if (status == "IN_PROGRESS") {
        set_status(task, "SCHEDULED");
        give_back(task);
        return;
    }
    end_task(task, status);
    if (status == "COMPLETED")
        advance(of);
    else
        retry_or_fail(of, task);
}

void executions::give_back(json::object const& task) {
    std::chrono::seconds const delay{number_of(task, "callbackAfterSeconds")};
    queue_.put({text_of(task, "taskType"), text_of(task, "domain")}, text_of(task, "taskId"),
               due_in(delay));
}

void executions::time_out(execution& of, json::object& task) {
    task["reasonForIncompletion"] =
        "responseTimeout: " + std::to_string(number_of(task, "responseTimeoutSeconds")) +
        " exceeded for the taskId: " + text_of(task, "taskId") +
        " with Task Definition: " + text_of(task, "taskDefName");
    end_task(task, "TIMED_OUT");
    retry_or_fail(of, task);
}

void executions::retry_or_fail(execution& of, json::object& task) {
    auto const type = text_of(task, "taskType");
    auto const retries = definitions_.retries(type);
    bool const timed_out = text_of(task, "status") == "TIMED_OUT";
    bool const may_retry = timed_out || text_of(task, "status") == "FAILED";
    if (may_retry && number_of(task, "retryCount") < retries) {
        task["retried"] = true;
        schedule(of, task["workflowTask"].as_object(), &task);
        return;
    }
    end(of, timed_out ? "TIMED_OUT" : "FAILED", text_of(task, "reasonForIncompletion"));
}

json::object executions::scope_of(execution const& of) const {
    json::object scope{{"workflow", {{"input", of.document.at("input")}}}};
    for (auto const& id : of.task_ids) {
        auto const& task = tasks_.at(id);
        scope[text_of(task, "referenceTaskName")] = {{"output", task.at("outputData")}};
    }
    return scope;
}

task_queue::due_time executions::due_in(std::chrono::seconds delay) const {
    auto const now = std::chrono::steady_clock::now();
    return honour_delays_ ? now + delay : now;
}

}  // namespace conductor::test
