#include <conductor/scheduler_client.hpp>

#include "api/documents.hpp"

#include <boost/json/serialize.hpp>

#include <utility>

namespace conductor {

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

}  // namespace conductor
