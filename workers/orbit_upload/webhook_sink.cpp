#include <orbit_upload/webhook_sink.hpp>

#include <contract/hmac_sha256.hpp>
#include <orbit_upload/sink_answer.hpp>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace conductor::workers {

namespace json = boost::json;

webhook_sink::webhook_sink(http_channel channel) : channel_(std::move(channel)) {}

awaitable<std::vector<delivery_report>> webhook_sink::deliver(delivery many) {
    auto const count = many.activities.size();
    http::request request;
    request.url = channel_.base();
    request.body = webhook_body(many.workspace, std::move(many.activities));
    request.headers.set("X-Signature-256", "sha256=" + hmac_sha256_hex(many.key, request.body));
    auto const report = co_await channel_.post(std::move(request), many, read_webhook_answer);
    co_return std::vector<delivery_report>(count, report);
}

std::string webhook_body(std::string_view workspace, std::vector<json::object> activities) {
    json::array list;
    list.reserve(activities.size());
    for (auto& activity : activities) list.push_back(std::move(activity));
    return json::serialize(json::object{{"workspace", workspace}, {"activities", std::move(list)}});
}

delivery_report read_webhook_answer(http::response const& answer, instant now) {
    if (auto report = judge_status(answer, now)) return *std::move(report);
    if (answer.status < 300) return {.outcome = delivery_outcome::accepted};
    if (answer.status == 404)
        return failed_by(codes::sink_not_found, answer.status, "nothing takes activities there");
    return rejected_by(answer.status,
                       first_member(body_of(answer), {"errors", "error", "message"}));
}

}  // namespace conductor::workers
