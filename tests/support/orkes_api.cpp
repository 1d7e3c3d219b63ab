#include "support/orkes_api.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <vector>

namespace conductor::test {

namespace json = boost::json;

namespace {

// Not in the document. Without the first, lost claims are not looked for, and the daemon says so;
// without the second, a large output ends its task and says why; in place of the last two, GET is
// sent when they are answered by 405.
constexpr std::array<std::string_view, 4> made_all_the_same{
    "GET /tasks/search-v2", "GET /tasks/externalstoragelocation",
    "PUT /scheduler/schedules/{name}/pause", "PUT /scheduler/schedules/{name}/resume"};

// Members that are not in the document either. The official Java SDK sends this one to every
// server.
bool is_sent_all_the_same(std::string_view schema, std::string_view member) {
    return schema == "TaskResult" && member == "executionMetadata";
}

json::object read_table() {
    std::ifstream file{CONDUCTOR_ORKES_API};
    std::string const text{std::istreambuf_iterator<char>{file}, {}};
    return json::parse(text).as_object();
}

std::vector<std::string> segments_of(std::string_view path) {
    std::vector<std::string> segments;
    std::istringstream rest{std::string{path}};
    for (std::string one; std::getline(rest, one, '/');) segments.push_back(one);
    return segments;
}

// How many segments of a template are those of the path literally; none when it does not match.
std::optional<std::size_t> likeness(std::string_view pattern, http_request const& request) {
    auto const space = pattern.find(' ');
    if (pattern.substr(0, space) != request.method) return std::nullopt;
    auto const expected = segments_of(pattern.substr(space + 1));
    auto const path = request.path();
    auto const actual = segments_of(path.substr(path.find('/', 1)));
    if (expected.size() != actual.size()) return std::nullopt;
    std::size_t alike = 0;
    for (std::size_t at = 0; at < expected.size(); ++at)
        if (expected[at] == actual[at])
            ++alike;
        else if (!expected[at].starts_with('{'))
            return std::nullopt;
    return alike;
}

bool holds(json::value const& list, std::string_view name) {
    return std::ranges::any_of(list.as_array(),
                               [&](json::value const& each) { return each.as_string() == name; });
}

// The definitions that a client hands on are their authors'.
bool is_ours(std::string_view schema) { return !schema.starts_with("Extended"); }

}  // namespace

orkes_api::orkes_api() : table_(read_table()) {}

bool orkes_api::allows(std::string_view call) const {
    auto const& operations = table_.at("operations").as_array();
    auto const is_call = [&](json::value const& each) {
        return each.at("call").as_string() == call;
    };
    return std::ranges::any_of(operations, is_call) ||
           std::ranges::find(made_all_the_same, call) != made_all_the_same.end();
}

json::object const* orkes_api::find(http_request const& request) const {
    json::object const* best = nullptr;
    std::size_t most = 0;
    for (auto const& each : table_.at("operations").as_array()) {
        auto const alike = likeness(each.at("call").as_string(), request);
        if (!alike || (best != nullptr && *alike <= most)) continue;
        best = &each.as_object();
        most = *alike;
    }
    return best;
}

std::string orkes_api::fault_of(http_request const& request) const {
    auto const what = request.method + " " + request.target;
    for (auto const call : made_all_the_same)
        if (likeness(call, request)) return {};
    auto const* const operation = find(request);
    if (operation == nullptr) return what + ": there is no such call";
    boost::urls::url_view const target(request.target);
    for (auto const& parameter : target.params())
        if (!holds(operation->at("query"), parameter.key))
            return what + ": there is no parameter " + std::string{parameter.key};
    auto const* const schema = operation->if_contains("body");
    if (schema == nullptr) return request.body.empty() ? "" : what + ": it takes no body";
    auto const fault = fault_of_body(schema->as_string(), request.body);
    return fault.empty() ? "" : what + ": " + fault;
}

std::string orkes_api::fault_of_body(std::string_view schema, std::string const& text) const {
    bool const is_list = schema.starts_with('[');
    if (!is_list && !table_.at("bodies").as_object().contains(schema)) return {};
    boost::system::error_code error;
    auto const body = json::parse(text, error);
    if (error || (is_list ? !body.is_array() : !body.is_object()))
        return "the body is no JSON of its kind";
    return is_list || !is_ours(schema) ? "" : fault_of(schema, body.get_object());
}

std::string orkes_api::fault_of(std::string_view schema, json::object const& body) const {
    auto const& known = table_.at("bodies").at(schema);
    for (auto const& member : body)
        if (!holds(known.at("members"), member.key()) &&
            !is_sent_all_the_same(schema, member.key()))
            return std::string{schema} + " has no member " + std::string{member.key()};
    for (auto const& name : known.at("required").as_array())
        if (!body.contains(name.as_string()))
            return std::string{schema} + " lacks " + std::string{name.as_string()};
    return {};
}

void expect_within_orkes_api(std::span<http_request const> requests) {
    static orkes_api const api;
    for (auto const& each : requests) EXPECT_EQ(api.fault_of(each), "");
}

}  // namespace conductor::test
