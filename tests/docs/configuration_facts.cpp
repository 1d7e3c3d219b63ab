#include "configuration_facts.hpp"

#include <daemon/config/parse_config.hpp>
#include <daemon/config/reload_plan.hpp>

#include <boost/json/array.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace conductor::test {
namespace {

using daemon::parsed_config;

// Every section, and a sink of each type, so that every key is looked for.
constexpr char whole[] = R"(secrets: { NAME: "env:NAME" }
workers:
  github_fetch:
  star_filter:
  orbit_upload:
    sinks:
      sqlite: { type: sqlite }
      file: { type: file }
      webhook: { type: webhook }
      commonroom: { type: commonroom }
      orbit: { type: orbit }
)";

constexpr char state_dir[] = "/STATE_DIR";

// Each of these is what some variable may hold, and most may hold the first.
constexpr char const* values[] = {"1", "0.5"};

daemon::surroundings bare() {
    daemon::surroundings around;
    around.variable = [](std::string const&) { return std::nullopt; };
    around.secret = [](std::string_view) -> result<workers::secret_reader> {
        return workers::secret_reader{
            []() -> result<workers::secret> { return workers::secret{std::string{"secret"}}; }};
    };
    around.readable = [](std::string const&) { return true; };
    // One that is set shows under which names a proxy is looked for.
    around.server.http.proxy = {.http = "http://localhost:3128", .https = {}, .no_proxy = {}};
    return around;
}

parsed_config parse(daemon::surroundings const& around) {
    return daemon::parse_config("f", whole, around);
}

boost::json::array keys_of(parsed_config const& read) {
    boost::json::array out;
    for (auto const& one : read.known)
        out.push_back(boost::json::object{{"path", one.path}, {"form", one.form}});
    return out;
}

boost::json::object defaults_of(parsed_config const& read) {
    boost::json::object out;
    for (auto const& one : read.effective)
        if (one.origin == "default") out[one.path] = one.value;
    return out;
}

// Those without which a section cannot be used.
boost::json::array required_in(parsed_config const& read) {
    boost::json::array out;
    for (auto const& one : read.faults)
        if (one.message.starts_with("is missing")) out.emplace_back(one.path);
    return out;
}

std::vector<std::string> variables_asked_for() {
    std::vector<std::string> names;
    auto around = bare();
    around.variable = [&](std::string const& name) -> std::optional<std::string> {
        if (std::ranges::find(names, name) == names.end()) names.push_back(name);
        return std::nullopt;
    };
    static_cast<void>(parse(around));
    // An address with TLS has a proxy of its own.
    around.server.server_url = "https://localhost";
    around.server.http.proxy.https = around.server.http.proxy.http;
    static_cast<void>(parse(around));
    return names;
}

// Which settings one variable makes.
std::set<std::string> set_by(std::string const& variable) {
    std::set<std::string> paths;
    for (auto const* const value : values) {
        for (auto const* const url : {"http://localhost", "https://localhost"}) {
            auto around = bare();
            around.server.server_url = url;
            around.server.http.proxy.https = around.server.http.proxy.http;
            around.variable = [&](std::string const& name) {
                return name == variable ? std::optional<std::string>{value} : std::nullopt;
            };
            for (auto const& one : parse(around).effective)
                if (one.origin == "environment " + variable) paths.insert(one.path);
        }
    }
    return paths;
}

boost::json::array variables() {
    boost::json::array out;
    for (auto const& name : variables_asked_for()) {
        boost::json::array paths;
        for (auto const& path : set_by(name)) paths.emplace_back(path);
        out.push_back(boost::json::object{{"name", name}, {"sets", std::move(paths)}});
    }
    return out;
}

bool is_taken_while_running(std::string const& path) {
    parsed_config running;
    parsed_config wanted;
    running.effective = {{path, "before", "default"}};
    wanted.effective = {{path, "after", "default"}};
    auto const plan = daemon::plan_reload(running, wanted);
    return plan.refused.empty() && !plan.live.empty();
}

boost::json::array taken_while_running(parsed_config const& read) {
    boost::json::array out;
    for (auto const& one : read.known)
        if (is_taken_while_running(one.path)) out.emplace_back(one.path);
    return out;
}

}  // namespace

boost::json::object configuration_facts() {
    auto around = bare();
    auto const alone = parse(around);
    around.variable = [](std::string const& name) {
        return name == "STATE_DIRECTORY" ? std::optional<std::string>{state_dir} : std::nullopt;
    };
    auto const with_state_dir = parse(around);
    return {{"keys", keys_of(alone)},
            {"defaults", defaults_of(alone)},
            {"defaults_with_state_dir", defaults_of(with_state_dir)},
            {"required", required_in(with_state_dir)},
            {"variables", variables()},
            {"taken_while_running", taken_while_running(alone)}};
}

}  // namespace conductor::test
