#include <orbit_upload/commonroom_sink.hpp>

#include <orbit_upload/commonroom_activity.hpp>

#include <utility>

namespace conductor::workers {

commonroom_sink::commonroom_sink(http_channel channel) : channel_(std::move(channel)) {}

awaitable<std::vector<delivery_report>> commonroom_sink::deliver(delivery many) {
    http::request request;
    request.url = channel_.base() + "/source/" + path_segment(many.workspace) + "/activity";
    request.headers.set("Authorization", bearer(many.key));
    request.body = commonroom_body(many.activities.front());
    auto report = co_await channel_.post(std::move(request), many, read_commonroom_answer);
    std::vector<delivery_report> reports;
    reports.push_back(std::move(report));
    co_return reports;
}

}  // namespace conductor::workers
