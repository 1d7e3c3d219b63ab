#include "routing.hpp"

#include <boost/json/parse.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <array>
#include <sstream>
#include <utility>

namespace conductor::test {

namespace {

constexpr std::array groups{task_endpoints, metadata_endpoints, workflow_endpoints,
                            scheduler_endpoints, token_endpoints};

boost::json::value parse_body(std::string const& body) {
    boost::system::error_code error;
    auto parsed = boost::json::parse(body, error);
    return error ? boost::json::value{} : parsed;
}

std::vector<std::string> split(std::string const& path) {
    std::vector<std::string> segments;
    std::istringstream rest{path};
    for (std::string segment; std::getline(rest, segment, '/');) segments.push_back(segment);
    return segments;
}

http_answer call(server_state& state, endpoint const& target, endpoint_call const& made) {
    std::lock_guard lock{state.mutex};
    auto answer = target.answer(state, made);
    state.changed.notify_all();
    return answer;
}

}  // namespace

std::optional<std::vector<std::string>> match_path(http_request const& request,
                                                   std::string_view pattern) {
    auto const target = boost::urls::parse_origin_form(request.target);
    if (!target) return std::nullopt;
    auto const actual = target->segments();
    auto const expected = split("api" + std::string{pattern});
    if (actual.size() != expected.size()) return std::nullopt;
    std::vector<std::string> arguments;
    auto each = actual.begin();
    for (auto const& name : expected) {
        std::string segment{*each++};
        if (name == "{}")
            arguments.push_back(std::move(segment));
        else if (segment != name)
            return std::nullopt;
    }
    return arguments;
}

http_answer route(server_state& state, http_request const& request) {
    bool path_is_known = false;
    for (auto const group : groups) {
        for (auto const& each : group()) {
            auto arguments = match_path(request, each.path);
            if (!arguments) continue;
            path_is_known = true;
            if (request.method != each.method) continue;
            return call(state, each, {request, *std::move(arguments), parse_body(request.body)});
        }
    }
    if (path_is_known)
        return error_answer(405, "Request method '" + request.method + "' is not supported");
    return error_answer(404, "No static resource " + std::string{request.path()} + ".");
}

}  // namespace conductor::test
