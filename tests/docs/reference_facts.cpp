// What the code knows of its keys, variables, metrics and errors, as JSON: the pages of
// docs/reference are made of it, and of the docstrings of a few headers.
#include "configuration_facts.hpp"
#include "environment_facts.hpp"

#include <tests/unit/prometheus/scripted_events.hpp>

#include <conductor/detail/error_type.hpp>
#include <conductor/error.hpp>
#include <conductor/prometheus.hpp>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <iostream>
#include <map>
#include <string>
#include <utility>

namespace conductor::test {
namespace {

std::string metrics_text() {
    prometheus_options options;
    options.status = [clock = options.clock] { return scripted_status(clock->wall()); };
    options.queue_depths = [] { return std::map<std::string, std::int64_t>{{"greet", 12}}; };
    prometheus_metrics metrics{options};
    tell_scripted_events(metrics);
    tell_scripted_requests(metrics);
    return metrics.text();
}

boost::json::array conditions_of(error_code code) {
    constexpr std::pair<condition, char const*> all[] = {{condition::transient, "transient"},
                                                         {condition::unauthorized, "unauthorized"},
                                                         {condition::gone, "gone"},
                                                         {condition::unsupported, "unsupported"},
                                                         {condition::network, "network"}};
    boost::json::array out;
    for (auto const& [value, name] : all)
        if (code == make_error_condition(value)) out.emplace_back(name);
    return out;
}

boost::json::object error_facts_of(error_code code) {
    return {{"message", code.message()},
            {"conditions", conditions_of(code)},
            {"kind", detail::error_type(code)}};
}

// By their numbers, which are those of the enumerators from 1 on.
boost::json::array own_errors() {
    boost::json::array out;
    for (int value = static_cast<int>(errc::stopped);
         make_error_code(static_cast<errc>(value)).message() != "unknown error"; ++value)
        out.push_back(error_facts_of(make_error_code(static_cast<errc>(value))));
    return out;
}

boost::json::array http_errors() {
    boost::json::array out;
    for (int status = 400; status < 600; ++status) {
        auto const code = make_http_error(status);
        auto facts = error_facts_of(code);
        bool const has_text = code.message() != "HTTP " + std::to_string(status);
        if (!has_text) continue;
        out.push_back(std::move(facts));
    }
    return out;
}

}  // namespace
}  // namespace conductor::test

int main() {
    using namespace conductor::test;
    std::cout << boost::json::serialize(
                     boost::json::object{{"configuration", configuration_facts()},
                                         {"environment", environment_facts()},
                                         {"metrics", metrics_text()},
                                         {"errors", own_errors()},
                                         {"http_errors", http_errors()}})
              << '\n';
    return 0;
}
