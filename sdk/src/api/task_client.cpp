#include <conductor/task_client.hpp>

#include "api/task_codec.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace conductor {
namespace {

// The server refuses to wait for longer (TaskResource.batchPoll).
constexpr std::chrono::milliseconds wait_max{5000};

rest_call poll_call(poll_request const& request) {
    auto const wait = std::min(request.wait, wait_max);
    rest_call call{.path = "/tasks/poll/batch/{tasktype}",
                   .arguments = {request.type},
                   .query = {{"workerid", request.worker_id},
                             {"count", std::to_string(request.count)},
                             {"timeout", std::to_string(wait.count())}},
                   .extra_time = wait,
                   .repeatable = false};
    // An empty domain is another queue than none.
    if (!request.domain.empty()) call.query.emplace_back("domain", request.domain);
    return call;
}

rest_call update_call(task_update const& update, std::string path, bool repeatable) {
    return {.method = "POST",
            .path = std::move(path),
            .body = api::write_update(update),
            .repeatable = repeatable};
}

rest_call lease_call(lease_request const& request) {
    return {
        .method = "POST", .path = "/tasks", .body = api::write_lease(request), .repeatable = true};
}

rest_call task_call(std::string path, std::string task_id) {
    rest_call call{.path = std::move(path)};
    call.arguments.push_back(std::move(task_id));
    return call;
}

// Quotes cannot be escaped in the server's query language.
std::string in_quotes(std::string_view text) {
    std::string out{"'"};
    std::ranges::copy_if(text, std::back_inserter(out), [](char c) { return c != '\''; });
    return out + "'";
}

rest_call search_call(search_request const& request) {
    return {.path = "/tasks/search-v2",
            .query = {{"query", "taskType=" + in_quotes(request.type) +
                                    " AND status=" + in_quotes(request.status)},
                      {"start", std::to_string(request.start)},
                      {"size", std::to_string(request.count)}}};
}

// In an order, without which pages would be made up anew each time.
rest_call summary_call(search_request const& request) {
    auto call = search_call(request);
    call.path = "/tasks/search";
    call.query.emplace_back("sort", "taskId:ASC");
    return call;
}

// Where an input is read from, or an output written to. The server makes up the path of an output.
rest_call location_call(std::string path, std::string operation, std::string payload) {
    return {.path = "/tasks/externalstoragelocation",
            .query = {{"path", std::move(path)},
                      {"operation", std::move(operation)},
                      {"payloadType", std::move(payload)}}};
}

failure of_storage(failure error) {
    error.detail = "external payload storage" + (error.detail.empty() ? "" : ": " + error.detail);
    return error;
}

awaitable<result<boost::json::object>> fetch_payload(std::shared_ptr<rest_client> rest,
                                                     rest_call asking) {
    auto body = co_await rest->call(std::move(asking));
    if (!body) co_return of_storage(std::move(body).error());
    auto location = api::parse_location(*body);
    if (!location) co_return of_storage(std::move(location).error());
    auto content = co_await rest->call_elsewhere("GET", std::move(location->uri));
    if (!content) co_return of_storage(std::move(content).error());
    auto payload = api::parse_payload(*content);
    if (!payload) co_return of_storage(std::move(payload).error());
    co_return *std::move(payload);
}

// Tasks were claimed and the answer cannot be read: for the caller the answer was lost.
template <class T>
result<T> arrived(result<T> parsed) {
    if (parsed) return parsed;
    auto error = std::move(parsed).error();
    error.may_have_arrived = true;
    return error;
}

}  // namespace

task_client::task_client(std::shared_ptr<rest_client> rest)
    : rest_(std::move(rest)), known_(std::make_shared<api::known_values>()) {}

awaitable<result<std::vector<task>>> task_client::poll(poll_request request) {
    auto body = co_await rest_->call(poll_call(request));
    if (!body) co_return std::move(body).error();
    co_return arrived(api::parse_tasks(*std::move(body), *known_));
}

awaitable<result<void>> task_client::update(task_update const& update) {
    auto body = co_await rest_->call(update_call(update, "/tasks", true));
    if (!body) co_return std::move(body).error();
    co_return boost::system::in_place_value;
}

awaitable<result<std::optional<task>>> task_client::update_and_poll(task_update const& update) {
    auto body = co_await rest_->call(update_call(update, "/tasks/update-v2", false));
    if (!body) co_return std::move(body).error();
    co_return arrived(api::parse_task(*std::move(body), *known_));
}

awaitable<result<void>> task_client::extend_lease(lease_request request) {
    auto body = co_await rest_->call(lease_call(request));
    if (!body) co_return std::move(body).error();
    co_return boost::system::in_place_value;
}

awaitable<result<std::vector<task>>> task_client::search(search_request request) {
    auto body = co_await rest_->call(search_call(request));
    if (body) co_return api::parse_hits(*body);
    // With its index in PostgreSQL the server has summaries alone, which lack the claim, and fails
    // when it is asked for more.
    if (body.error().code != make_http_error(500)) co_return std::move(body).error();
    auto summaries = co_await rest_->call(summary_call(request));
    if (!summaries) co_return std::move(body).error();
    auto hits = api::parse_summaries(*summaries);
    if (!hits) co_return hits;
    for (auto& hit : *hits) {
        auto read = co_await get(std::string(hit.id()));
        if (read)
            hit = *std::move(read);
        else if (read.error().code != make_http_error(404))
            co_return std::move(read).error();
    }
    co_return hits;
}

awaitable<result<void>> task_client::log(std::string task_id, std::string text) {
    auto call = task_call("/tasks/{taskId}/log", std::move(task_id));
    call.method = "POST";
    call.body = std::move(text);
    call.content_type = "text/plain";
    auto body = co_await rest_->call(call);
    if (!body && body.error().code == make_http_error(415)) {
        // Orkes documents a JSON string; the open-source server would store it with its quotes.
        call.body = boost::json::serialize(boost::json::value(call.body));
        call.content_type = "application/json";
        body = co_await rest_->call(std::move(call));
    }
    if (!body) co_return std::move(body).error();
    co_return boost::system::in_place_value;
}

awaitable<result<task>> task_client::get(std::string task_id) {
    auto body = co_await rest_->call(task_call("/tasks/{taskId}", std::move(task_id)));
    if (!body) co_return std::move(body).error();
    auto parsed = api::parse_task(*std::move(body), *known_);
    if (!parsed) co_return parsed.error();
    if (!parsed->has_value()) co_return failure{errc::bad_response, "no task in the answer"};
    co_return **std::move(parsed);
}

awaitable<result<boost::json::object>> task_client::fetch_input(std::string path) {
    return fetch_payload(rest_, location_call(std::move(path), "READ", "TASK_INPUT"));
}

awaitable<result<boost::json::object>> task_client::fetch_output(std::string path) {
    return fetch_payload(rest_, location_call(std::move(path), "READ", "TASK_OUTPUT"));
}

awaitable<result<std::string>> task_client::store_output(std::string output) {
    auto body = co_await rest_->call(location_call({}, "WRITE", "TASK_OUTPUT"));
    if (!body) co_return of_storage(std::move(body).error());
    auto location = api::parse_location(*body);
    if (!location) co_return of_storage(std::move(location).error());
    auto done = co_await rest_->call_elsewhere("PUT", std::move(location->uri), std::move(output));
    if (!done) co_return of_storage(std::move(done).error());
    co_return std::move(location->path);
}

awaitable<result<std::vector<task_log>>> task_client::logs(std::string task_id) {
    auto body = co_await rest_->call(task_call("/tasks/{taskId}/log", std::move(task_id)));
    if (!body) co_return std::move(body).error();
    co_return api::parse_logs(*body);
}

awaitable<result<std::map<std::string, std::int64_t>>> task_client::queue_sizes(
    std::vector<std::string> queues) {
    rest_call call{.path = "/tasks/queue/sizes"};
    for (auto& queue : queues) call.query.emplace_back("taskType", std::move(queue));
    auto body = co_await rest_->call(std::move(call));
    if (!body) co_return std::move(body).error();
    co_return api::parse_sizes(*body);
}

awaitable<result<std::vector<poll_data>>> task_client::all_poll_data() {
    rest_call call{.path = "/tasks/queue/polldata/all"};
    auto body = co_await rest_->call(std::move(call));
    if (!body) co_return std::move(body).error();
    co_return api::parse_poll_data(*body);
}

}  // namespace conductor
