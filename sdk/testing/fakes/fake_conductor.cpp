#include "fake_conductor.hpp"

#include "conductor/members.hpp"
#include "conductor/routing.hpp"
#include "time_limit.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

namespace conductor::test {

namespace json = boost::json;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds poll_wait_max{5000};
// Measured on the open-source server: update-v2 on an empty queue is answered after so long.
constexpr milliseconds update_v2_wait{200};

std::int64_t number_of(http_request const& request, std::string_view name, std::int64_t otherwise) {
    auto const text = request.query(name);
    std::int64_t number = otherwise;
    if (text) std::from_chars(text->data(), text->data() + text->size(), number);
    return number;
}

std::int64_t milliseconds_now() {
    auto const now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<milliseconds>(now).count();
}

http_answer refusal(token_fault fault) {
    auto const* const name = fault == token_fault::expired ? "EXPIRED_TOKEN" : "INVALID_TOKEN";
    return {.status = 401,
            .body = json::serialize(json::object{{"message", "Token cannot be used"},
                                                 {"error", name},
                                                 {"timestamp", milliseconds_now()}})};
}

awaitable<http_answer> at_once(http_answer answer) { co_return answer; }

}  // namespace

fake_conductor::fake_conductor(fake_conductor_options options)
    : options_(std::move(options)),
      state_(std::make_unique<server_state>(
          access_tokens{options_.auth_key, options_.auth_secret, options_.token_lifetime},
          options_.honour_delays, options_.speech)),
      server_(std::make_unique<fake_http_server>(
          [this](http_request request) { return respond(std::move(request)); }, options_.http)),
      changed_(server_->get_executor()) {
    // The server's thread runs already: this hands it what was made after it.
    changed_.notify();
}

// The server's thread uses everything else.
fake_conductor::~fake_conductor() { server_.reset(); }

std::string fake_conductor::url() const { return server_->url("/api"); }

std::string fake_conductor::enqueue(queued_task task) {
    std::string id;
    {
        std::lock_guard lock{state_->mutex};
        json::object const step{{"name", task.type},
                                {"taskReferenceName", task.type},
                                {"type", "SIMPLE"},
                                {"inputParameters", task.input}};
        json::object request{{"input", task.input}};
        if (!task.domain.empty()) request["taskToDomain"] = {{task.type, task.domain}};
        auto const workflow = state_->running.start(
            {{"name", "one_" + task.type}, {"version", 1}, {"tasks", json::array{step}}}, request);
        auto const started = state_->running.workflow(workflow, true);
        id = text_of(started->at("tasks").at(0).as_object(), "taskId");
    }
    notify();
    return id;
}

void fake_conductor::define_task(json::object definition) {
    std::lock_guard lock{state_->mutex};
    state_->known.put_task(std::move(definition));
}

void fake_conductor::revoke_tokens(token_fault fault) {
    std::lock_guard lock{state_->mutex};
    state_->tokens.revoke(fault);
}

void fake_conductor::keep_secret(std::string const& name, std::string value) {
    std::lock_guard lock{state_->mutex};
    state_->known.put_secret(name, std::move(value));
}

void fake_conductor::pause_key() {
    std::lock_guard lock{state_->mutex};
    state_->tokens.pause_key();
}

void fake_conductor::resume_key() {
    std::lock_guard lock{state_->mutex};
    state_->tokens.resume_key();
}

void fake_conductor::upgrade() {
    std::lock_guard lock{state_->mutex};
    options_.update_v2_status = 0;
}

json::object fake_conductor::task(std::string const& id) const {
    std::lock_guard lock{state_->mutex};
    return state_->running.task(id).value();
}

std::optional<json::object> fake_conductor::find_task(std::string const& id) const {
    std::lock_guard lock{state_->mutex};
    return state_->running.task(id);
}

bool fake_conductor::wait_for_end(std::string const& id, milliseconds limit) const {
    std::unique_lock lock{state_->mutex};
    return state_->changed.wait_for(lock, limit, [&] { return state_->running.has_ended(id); });
}

bool fake_conductor::wait_for_status(std::string const& id, std::string_view status) const {
    return wait_for_statuses({id}, status);
}

bool fake_conductor::wait_for_statuses(std::vector<std::string> const& ids,
                                       std::string_view status) const {
    std::unique_lock lock{state_->mutex};
    auto const has_status = [&](std::string const& id) {
        return text_of(state_->running.task(id).value(), "status") == status;
    };
    return state_->changed.wait_for(lock, time_limit,
                                    [&] { return std::ranges::all_of(ids, has_status); });
}

bool fake_conductor::wait_for_updates(std::size_t count) const {
    std::unique_lock lock{state_->mutex};
    return state_->changed.wait_for(lock, time_limit,
                                    [&] { return state_->updates.size() >= count; });
}

std::vector<received_update> fake_conductor::updates() const {
    std::lock_guard lock{state_->mutex};
    return state_->updates;
}

std::vector<std::string> fake_conductor::log_of(std::string const& task_id) const {
    std::lock_guard lock{state_->mutex};
    std::vector<std::string> lines;
    for (auto const& each : state_->running.logs(task_id))
        lines.push_back(text_of(each.as_object(), "log"));
    return lines;
}

json::object fake_conductor::workflow_of(std::string const& task_id) const {
    auto const id = text_of(task(task_id), "workflowInstanceId");
    std::lock_guard lock{state_->mutex};
    return state_->running.workflow(id, true).value();
}

std::size_t fake_conductor::claimed_max(std::string const& type) const {
    std::lock_guard lock{state_->mutex};
    return state_->running.claimed_max(type);
}

std::size_t fake_conductor::tokens_issued() const {
    std::lock_guard lock{state_->mutex};
    return state_->tokens.issued();
}

awaitable<http_answer> fake_conductor::respond(http_request request) {
    if (auto refused = refuse(request)) return at_once(*std::move(refused));
    auto const type = match_path(request, "/tasks/poll/batch/{}");
    if (type && request.method == "GET") return poll_batch(std::move(request), type->front());
    if (match_path(request, "/tasks/update-v2") && request.method == "POST")
        return update_and_poll(std::move(request));
    auto answer = route(*state_, request);
    if (request.method != "GET") notify();
    return at_once(std::move(answer));
}

std::optional<http_answer> fake_conductor::refuse(http_request const& request) const {
    std::lock_guard lock{state_->mutex};
    if (!state_->tokens.needed() || match_path(request, "/token")) return std::nullopt;
    auto const fault =
        state_->tokens.check(request.headers.find("X-Authorization").value_or(std::string_view{}));
    return fault == token_fault::none ? std::nullopt : std::optional{refusal(fault)};
}

awaitable<http_answer> fake_conductor::poll_batch(http_request request, std::string type) {
    milliseconds const wait{number_of(request, "timeout", 100)};
    if (wait > poll_wait_max)
        co_return error_answer(400, "Long Poll Timeout value cannot be more than 5 seconds");
    claim_request wanted{.queue = {std::move(type), request.query("domain").value_or("")},
                         .worker_id = request.query("workerid").value_or(""),
                         .count = static_cast<std::size_t>(number_of(request, "count", 1))};
    auto claimed = co_await claim(std::move(wanted), wait);
    co_return json_answer(std::move(claimed));
}

// As the SQL queues do, it waits until *all* the tasks are there, or for as long as it may.
awaitable<json::array> fake_conductor::claim(claim_request wanted, milliseconds wait) {
    auto const deadline = std::chrono::steady_clock::now() + wait;
    json::array claimed;
    for (;;) {
        auto wake_at = deadline;
        {
            std::lock_guard lock{state_->mutex};
            state_->polls[wanted.queue] = {wanted.worker_id, milliseconds_now()};
            auto more = as_polled(state_->running.claim(wanted));
            wanted.count -= more.size();
            std::ranges::move(more, std::back_inserter(claimed));
            auto const due = state_->running.next_due(wanted.queue);
            if (due) wake_at = std::min(deadline, *due);
            state_->changed.notify_all();
        }
        if (wanted.count == 0 || std::chrono::steady_clock::now() >= deadline) co_return claimed;
        co_await changed_.wait(wake_at);
    }
}

// What a poll alone brings: secrets, which are kept nowhere else.
json::array fake_conductor::as_polled(json::array tasks) const {
    for (auto& each : tasks) {
        auto& task = each.as_object();
        auto secrets = state_->known.runtime_metadata(text_of(task, "taskType"));
        if (!secrets.empty()) task["runtimeMetadata"] = std::move(secrets);
        if (state_->speech.orkes) task["workflowTask"].as_object()["name"] = nullptr;
    }
    return tasks;
}

awaitable<http_answer> fake_conductor::update_and_poll(http_request request) {
    {
        std::lock_guard lock{state_->mutex};
        auto const status = options_.update_v2_status;
        if (status != 0) co_return error_answer(status, "update-v2 is not known here");
    }
    boost::system::error_code error;
    auto const body = json::parse(request.body, error);
    {
        std::lock_guard lock{state_->mutex};
        auto answer = take_update(*state_, body, 2);
        if (answer.status != 200) co_return answer;
    }
    notify();
    auto wanted = next_claim(body);
    if (!wanted) co_return empty_answer(204);
    auto const claimed = co_await claim(*std::move(wanted), update_v2_wait);
    co_return claimed.empty() ? empty_answer(204) : json_answer(claimed.front());
}

// A result that ends its task, even if it was ignored, is followed by a poll of the same queue.
std::optional<claim_request> fake_conductor::next_claim(json::value const& update) const {
    auto const& result = update.as_object();
    if (text_of(result, "status") == "IN_PROGRESS" || flag_of(result, "extendLease"))
        return std::nullopt;
    auto const updated = task(text_of(result, "taskId"));
    return claim_request{.queue = {text_of(updated, "taskType"), text_of(updated, "domain")},
                         .worker_id = text_of(result, "workerId")};
}

void fake_conductor::notify() {
    {
        std::lock_guard lock{state_->mutex};
        state_->changed.notify_all();
    }
    changed_.notify();
}

}  // namespace conductor::test
