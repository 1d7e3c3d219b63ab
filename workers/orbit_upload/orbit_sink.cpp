#include <orbit_upload/orbit_sink.hpp>

#include <orbit_upload/orbit_answer.hpp>

#include <utility>

namespace conductor::workers {

orbit_sink::orbit_sink(http_channel channel) : channel_(std::move(channel)) {}

awaitable<std::vector<delivery_report>> orbit_sink::deliver(delivery many) {
    http::request request;
    request.url = channel_.base() + "/" + path_segment(many.workspace) + "/activities";
    request.headers.set("Authorization", bearer(many.key));
    request.body = orbit_body(std::move(many.activities.front()), many.shape);
    auto report = co_await channel_.post(std::move(request), many, read_orbit_answer);
    std::vector<delivery_report> reports;
    reports.push_back(std::move(report));
    co_return reports;
}

}  // namespace conductor::workers
