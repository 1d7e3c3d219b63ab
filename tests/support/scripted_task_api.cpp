#include "scripted_task_api.hpp"

#include "fakes/time_limit.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace conductor::test {

namespace {

failure const no_storage{errc::bad_response, "no external payload storage"};

result<void> success() { return boost::system::in_place_value; }

}  // namespace

scripted_task_api::scripted_task_api(boost::asio::any_io_executor executor)
    : polls(executor, std::nullopt),
      updates(executor, success()),
      updates_and_polls(executor, result<std::optional<task>>{std::optional<task>{}}),
      leases(executor, success()),
      searches(executor, result<std::vector<task>>{std::vector<task>{}}),
      logs(executor, success()),
      gets(executor, std::nullopt),
      inputs(executor, result<boost::json::object>{no_storage}),
      earlier_outputs(executor, result<boost::json::object>{no_storage}),
      outputs(executor, result<std::string>{no_storage}) {}

awaitable<result<std::vector<task>>> scripted_task_api::poll(poll_request request) {
    add({.kind = call_kind::poll, .poll = std::move(request)});
    return polls.take();
}

awaitable<result<void>> scripted_task_api::update(task_update const& update) {
    add({.kind = call_kind::update, .update = update});
    return updates.take();
}

awaitable<result<std::optional<task>>> scripted_task_api::update_and_poll(
    task_update const& update) {
    add({.kind = call_kind::update_and_poll, .update = update});
    return updates_and_polls.take();
}

awaitable<result<void>> scripted_task_api::extend_lease(lease_request request) {
    add({.kind = call_kind::extend_lease, .task_id = std::move(request.task_id)});
    return leases.take();
}

awaitable<result<std::vector<task>>> scripted_task_api::search(search_request request) {
    add({.kind = call_kind::search, .search = std::move(request)});
    return searches.take();
}

awaitable<result<void>> scripted_task_api::log(std::string task_id, std::string text) {
    add({.kind = call_kind::log, .task_id = std::move(task_id), .text = std::move(text)});
    return logs.take();
}

awaitable<result<task>> scripted_task_api::get(std::string task_id) {
    add({.kind = call_kind::get, .task_id = std::move(task_id)});
    return gets.take();
}

awaitable<result<boost::json::object>> scripted_task_api::fetch_input(std::string path) {
    add({.kind = call_kind::fetch_input, .text = std::move(path)});
    return inputs.take();
}

awaitable<result<boost::json::object>> scripted_task_api::fetch_output(std::string path) {
    add({.kind = call_kind::fetch_output, .text = std::move(path)});
    return earlier_outputs.take();
}

awaitable<result<std::string>> scripted_task_api::store_output(std::string output) {
    add({.kind = call_kind::store_output, .text = std::move(output)});
    return outputs.take();
}

std::vector<api_call> scripted_task_api::calls() const {
    std::lock_guard lock{mutex_};
    return calls_;
}

std::vector<api_call> scripted_task_api::calls(call_kind kind) const {
    std::lock_guard lock{mutex_};
    std::vector<api_call> found;
    std::ranges::copy_if(calls_, std::back_inserter(found),
                         [&](api_call const& each) { return each.kind == kind; });
    return found;
}

bool scripted_task_api::wait_for(call_kind kind, std::size_t count) const {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, time_limit, [&] {
        auto const calls = std::ranges::count(calls_, kind, &api_call::kind);
        return static_cast<std::size_t>(calls) >= count;
    });
}

void scripted_task_api::add(api_call call) {
    std::lock_guard lock{mutex_};
    calls_.push_back(std::move(call));
    changed_.notify_all();
}

task make_task(std::string const& type, std::string const& id, boost::json::object extra) {
    boost::json::object document{{"taskId", id},
                                 {"taskType", type},
                                 {"status", "IN_PROGRESS"},
                                 {"workflowInstanceId", "workflow-of-" + id},
                                 {"referenceTaskName", type + "_ref"},
                                 {"pollCount", 1}};
    for (auto& [name, value] : extra) document[name] = std::move(value);
    return task{std::move(document)};
}

}  // namespace conductor::test
