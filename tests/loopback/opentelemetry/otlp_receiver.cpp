#include "otlp_receiver.hpp"

#include <fakes/time_limit.hpp>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <string_view>

namespace conductor::test {
namespace {

namespace json = boost::json;

// Each rule gives what is wrong with a value; empty for nothing.
using rule = std::function<std::string(json::value const&)>;
using members = std::map<std::string_view, rule>;

bool all_of(std::string_view text, std::string_view characters) {
    return !text.empty() && text.find_first_not_of(characters) == std::string_view::npos;
}

std::string text(json::value const& value) { return value.is_string() ? "" : "is no text"; }

rule hex(std::size_t bytes) {
    return [bytes](json::value const& value) -> std::string {
        auto const* const digits = value.if_string();
        bool const is_id = digits != nullptr && digits->size() == 2 * bytes &&
                           all_of(*digits, "0123456789abcdefABCDEF") &&
                           digits->find_first_not_of('0') != json::string::npos;
        return is_id ? "" : "is no id of " + std::to_string(bytes) + " bytes";
    };
}

std::string number64(json::value const& value) {
    auto const* const digits = value.if_string();
    if (digits == nullptr) return "is no 64-bit number as a text";
    std::string_view plain{*digits};
    if (plain.starts_with('-')) plain.remove_prefix(1);
    return all_of(plain, "0123456789") ? "" : "has other characters than digits";
}

rule number(std::int64_t min, std::int64_t max) {
    return [=](json::value const& value) -> std::string {
        auto const* const found = value.if_int64();
        return found != nullptr && *found >= min && *found <= max ? "" : "is no number in range";
    };
}

rule object(members known, std::vector<std::string_view> needed = {}) {
    return [=](json::value const& value) -> std::string {
        auto const* const found = value.if_object();
        if (found == nullptr) return "is no object";
        for (auto const name : needed)
            if (!found->contains(name)) return "lacks " + std::string{name};
        for (auto const& [name, member] : *found) {
            auto const of = known.find(std::string_view{name});
            if (of == known.end()) return "has no member " + std::string{name};
            auto const fault = of->second(member);
            if (!fault.empty()) return std::string{name} + " " + fault;
        }
        return "";
    };
}

rule list(rule element) {
    return [=](json::value const& value) -> std::string {
        auto const* const found = value.if_array();
        if (found == nullptr) return "is no array";
        for (auto const& one : *found)
            if (auto const fault = element(one); !fault.empty()) return fault;
        return "";
    };
}

rule attributes() {
    auto const value = object({{"stringValue", text}, {"intValue", number64}});
    return list(object({{"key", text}, {"value", value}}, {"key", "value"}));
}

rule span() {
    auto const event = object(
        {{"timeUnixNano", number64}, {"name", text}, {"attributes", attributes()}}, {"name"});
    auto const status = object({{"code", number(0, 2)}, {"message", text}});
    return object({{"traceId", hex(16)},
                   {"spanId", hex(8)},
                   {"parentSpanId", hex(8)},
                   {"traceState", text},
                   {"flags", number(0, 0x3ff)},
                   {"name", text},
                   {"kind", number(0, 5)},
                   {"startTimeUnixNano", number64},
                   {"endTimeUnixNano", number64},
                   {"attributes", attributes()},
                   {"droppedAttributesCount", number(0, 0xffffffff)},
                   {"events", list(event)},
                   {"status", status}},
                  {"traceId", "spanId", "name", "startTimeUnixNano", "endTimeUnixNano"});
}

rule export_request() {
    auto const scope = object({{"name", text}, {"version", text}});
    auto const scope_spans = object({{"scope", scope}, {"spans", list(span())}}, {"spans"});
    auto const resource = object({{"attributes", attributes()}});
    auto const resource_spans =
        object({{"resource", resource}, {"scopeSpans", list(scope_spans)}}, {"scopeSpans"});
    return object({{"resourceSpans", list(resource_spans)}}, {"resourceSpans"});
}

std::vector<json::object> spans_of(std::string const& body) {
    std::vector<json::object> all;
    auto const request = json::parse(body);
    for (auto const& resource : request.at("resourceSpans").as_array())
        for (auto const& scope : resource.at("scopeSpans").as_array())
            for (auto const& one : scope.at("spans").as_array()) all.push_back(one.as_object());
    return all;
}

}  // namespace

std::string otlp_fault(std::string const& body) {
    boost::system::error_code failed;
    auto const request = json::parse(body, failed);
    return failed ? "is not JSON" : export_request()(request);
}

otlp_receiver::otlp_receiver()
    : server_([this](http_request const& request) { return take(request); }) {}

http_answer otlp_receiver::take(http_request const& request) {
    auto fault = otlp_fault(request.body);
    if (request.headers.find("Content-Type") != "application/json")
        fault = "is no JSON by its type";
    if (request.method != "POST" || request.target != "/v1/traces") fault = "goes elsewhere";
    std::lock_guard const lock{mutex_};
    if (!fault.empty()) {
        faults_.push_back(fault);
        return {.status = 400, .body = R"({"code":3})"};
    }
    std::ranges::move(spans_of(request.body), std::back_inserter(spans_));
    changed_.notify_all();
    return {.body = R"({"partialSuccess":{}})"};
}

std::vector<json::object> otlp_receiver::spans() const {
    std::lock_guard const lock{mutex_};
    return spans_;
}

std::vector<std::string> otlp_receiver::faults() const {
    std::lock_guard const lock{mutex_};
    return faults_;
}

bool otlp_receiver::wait_for_spans(std::size_t count) const {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, time_limit, [&] { return spans_.size() >= count; });
}

}  // namespace conductor::test
