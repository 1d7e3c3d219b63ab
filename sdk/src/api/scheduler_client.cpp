#include <conductor/scheduler_client.hpp>

#include "api/documents.hpp"

#include <boost/json/serialize.hpp>

#include <utility>

namespace conductor {
namespace {

awaitable<result<void>> switch_schedule(std::shared_ptr<rest_client> rest, std::string path,
                                        std::string name) {
    rest_call call{.method = "PUT", .path = std::move(path)};
    call.arguments.push_back(std::move(name));
    auto const done = co_await api::run_call(rest, call);
    if (done || done.error().code != make_http_error(405)) co_return done;
    call.method = "GET";
    co_return co_await api::run_call(rest, call);
}

}  // namespace

scheduler_client::scheduler_client(std::shared_ptr<rest_client> rest) : rest_(std::move(rest)) {}

awaitable<result<std::optional<boost::json::object>>> scheduler_client::get(std::string name) {
    return api::find_document(
        rest_, {.path = "/scheduler/schedules/{name}", .arguments = {std::move(name)}});
}

awaitable<result<void>> scheduler_client::put(boost::json::object schedule) {
    return api::run_call(rest_, {.method = "POST",
                                 .path = "/scheduler/schedules",
                                 .body = boost::json::serialize(schedule),
                                 .repeatable = true});
}

awaitable<result<void>> scheduler_client::remove(std::string name) {
    return api::run_call(rest_, {.method = "DELETE",
                                 .path = "/scheduler/schedules/{name}",
                                 .arguments = {std::move(name)}});
}

awaitable<result<void>> scheduler_client::pause(std::string name) {
    return switch_schedule(rest_, "/scheduler/schedules/{name}/pause", std::move(name));
}

awaitable<result<void>> scheduler_client::resume(std::string name) {
    return switch_schedule(rest_, "/scheduler/schedules/{name}/resume", std::move(name));
}

}  // namespace conductor
