#include "otlp_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <string_view>

namespace conductor::tracing {
namespace {

namespace json = boost::json;

constexpr int status_error = 2;
constexpr int flags_of_a_sampled_span = 1;

json::object string_value(std::string_view text) { return {{"stringValue", text}}; }

json::object to_json(attribute const& one) {
    auto const* const number = std::get_if<std::int64_t>(&one.value);
    if (number == nullptr)
        return {{"key", one.key}, {"value", string_value(std::get<std::string>(one.value))}};
    return {{"key", one.key}, {"value", {{"intValue", std::to_string(*number)}}}};
}

std::string unix_nanoseconds(std::chrono::system_clock::time_point time) {
    auto const since = time.time_since_epoch();
    return std::to_string(std::chrono::duration_cast<std::chrono::nanoseconds>(since).count());
}

json::array attributes_of(span const& one) {
    json::array all;
    for (auto const& fact : one.attributes) all.push_back(to_json(fact));
    return all;
}

json::array events_of(span const& one) {
    json::array all;
    for (auto const& event : one.events)
        all.push_back({{"timeUnixNano", unix_nanoseconds(event.time)}, {"name", event.name}});
    return all;
}

json::object to_json(span const& one) {
    json::object written{{"traceId", to_hex(one.trace)}, {"spanId", to_hex(one.id)}};
    if (one.parent) written["parentSpanId"] = to_hex(*one.parent);
    if (!one.state.empty()) written["traceState"] = one.state;
    written["flags"] = flags_of_a_sampled_span;
    written["name"] = one.name;
    written["kind"] = static_cast<int>(one.kind);
    written["startTimeUnixNano"] = unix_nanoseconds(one.start);
    written["endTimeUnixNano"] = unix_nanoseconds(one.end);
    written["attributes"] = attributes_of(one);
    if (!one.events.empty()) written["events"] = events_of(one);
    if (one.has_failed) written["status"] = {{"code", status_error}};
    return written;
}

json::array to_json(resource_attributes const& resource) {
    json::array all;
    for (auto const& [key, value] : resource)
        all.push_back({{"key", key}, {"value", string_value(value)}});
    return all;
}

}  // namespace

std::string to_otlp_json(resource_attributes const& resource, std::span<span const> spans) {
    json::array written;
    for (auto const& one : spans) written.push_back(to_json(one));
    json::object scope_spans{{"scope", {{"name", "conductor-cpp"}}}};
    scope_spans["spans"] = std::move(written);
    json::object resource_spans;
    resource_spans["resource"] = json::object{{"attributes", to_json(resource)}};
    resource_spans["scopeSpans"] = json::array{std::move(scope_spans)};
    return json::serialize(json::object{{"resourceSpans", json::array{std::move(resource_spans)}}});
}

}  // namespace conductor::tracing
