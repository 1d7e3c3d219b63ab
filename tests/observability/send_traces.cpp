// Traces three tasks as the environment says, one of which fails and one of which begins a trace of
// its own; exits with 0 when the receiver has taken all spans.

#include <conductor/opentelemetry.hpp>

#include <boost/json/object.hpp>

#include <chrono>
#include <iostream>
#include <string>
#include <utility>

namespace {

using namespace conductor;

task claimed(std::string const& id, boost::json::object input) {
    return task{{{"taskId", id},
                 {"taskType", "greet"},
                 {"workflowInstanceId", "w-1"},
                 {"pollCount", 1},
                 {"inputData", std::move(input)}}};
}

void run(opentelemetry_traces& traces, task const& one, task_result const& outcome) {
    using namespace std::chrono_literals;
    task_update update;
    update.task_id = one.id();
    update.task_type = one.type();
    update.status = outcome.status();
    traces.on(events::started{.task = one, .claim_took = 30ms});
    traces.on(events::finished{.task = one, .outcome = outcome, .took = 1ms});
    traces.on(events::stored{.update = update});
    traces.on(events::updated{.update = update, .took = 10ms});
}

}  // namespace

int main() {
    auto const options = opentelemetry_options::from_environment();
    if (!options) return 2;
    opentelemetry_traces traces{*options};
    boost::json::object const sent{
        {"traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"},
        {"tracestate", "rojo=00f067aa0ba902b7"}};
    run(traces, claimed("t-1", sent), task_result::completed({{"secret", "output"}}));
    run(traces, claimed("t-2", sent), task_result::failed("secret reason"));
    run(traces, claimed("t-3", {}), task_result::completed());
    bool const is_flushed = traces.flush(std::chrono::seconds{20});
    auto const counts = traces.counts();
    std::cout << counts.exported << " spans exported, " << counts.refused << " refused, "
              << counts.dropped << " dropped " << counts.last_error << "\n";
    return is_flushed && counts.exported == 12 ? 0 : 1;
}
