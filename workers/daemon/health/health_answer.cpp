#include <daemon/health/health_answer.hpp>

#include <daemon/log/printable.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <cstdint>

namespace conductor::daemon {
namespace {

boost::json::array reasons_of(health_report const& report) {
    boost::json::array out;
    for (std::string const& reason : report.reasons) out.emplace_back(printable(reason));
    return out;
}

boost::json::object describe(health_state::type_state const& type, health_state const& state) {
    boost::json::object out{{"slots", type.slots}, {"busy", type.busy}};
    if (type.succeeded)
        out["last_poll_ms_ago"] =
            std::chrono::floor<std::chrono::milliseconds>(state.age(*type.succeeded)).count();
    if (type.error) out["last_error"] = printable(*type.error);
    return out;
}

boost::json::object describe_types(health_state const& state) {
    boost::json::object out;
    for (auto const& [name, type] : state.types()) out[name] = describe(type, state);
    return out;
}

admin_answer answer_of(health_report const& report, boost::json::object body) {
    body["reasons"] = reasons_of(report);
    return {report.good ? 200 : 503, boost::json::serialize(body) + '\n'};
}

}  // namespace

std::string_view name_of(token_state token) {
    switch (token) {
        case token_state::not_needed: return "not needed";
        case token_state::unknown: return "not asked for yet";
        case token_state::good: return "good";
        case token_state::failed: return "failed";
    }
    return "unknown";
}

admin_answer answer_health(admin_request const& request, health_state const& state) {
    if (request.path == "/health/live") {
        health_report const report = state.live();
        return answer_of(report, {{"status", report.good ? "live" : "hung"}});
    }
    if (request.path == "/health/ready") {
        health_report const report = state.ready();
        return answer_of(report, {{"status", report.good ? "ready" : "not ready"},
                                  {"token", name_of(state.token())},
                                  {"types", describe_types(state)}});
    }
    return {404, "{\"error\":\"not here; try /health/live, /health/ready or /metrics\"}\n"};
}

}  // namespace conductor::daemon
