// A worker that keeps its results on a disk, counts what it does, and traces it.
#include <conductor/conductor.hpp>
#include <conductor/opentelemetry.hpp>
#include <conductor/prometheus.hpp>
#include <conductor/sqlite_outbox.hpp>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

// Several observers as one.
class observers final : public conductor::runtime_observer {
public:
    void add(std::shared_ptr<conductor::runtime_observer> one) { all_.push_back(std::move(one)); }
    void on(conductor::runtime_event const& event) override {
        for (auto const& one : all_) one->on(event);
    }

private:
    std::vector<std::shared_ptr<conductor::runtime_observer>> all_;
};

int main() {
    auto const* const folder = std::getenv("STATE_DIRECTORY");
    std::string const state_dir = folder != nullptr ? folder : ".";
    auto const seen = std::make_shared<observers>();
    std::unique_ptr<conductor::runtime> runtime;

    conductor::runtime_options options;
    options.observer = seen;
    // snippet: outbox
    options.outbox = std::make_shared<conductor::sqlite_outbox>(
        conductor::sqlite_outbox_options{.path = state_dir + "/outbox.db"});
    options.outbox_mode = conductor::outbox_mode::on_failure;  // off, on_failure or always
    // end snippet
    // snippet: metrics
    auto const metrics = std::make_shared<conductor::prometheus_metrics>(
        conductor::prometheus_options{.task_types = {"greet"},  // there from the first scrape on
                                      .status = [&] { return runtime->status(); }});  // gauges
    seen->add(metrics);
    // end snippet
    // snippet: traces
    if (auto const tracing = conductor::opentelemetry_options::from_environment())
        seen->add(std::make_shared<conductor::opentelemetry_traces>(*tracing));
    // end snippet

    runtime = std::make_unique<conductor::runtime>(conductor::client_options::from_environment(),
                                                   std::move(options));
    runtime->add("greet", [](boost::json::object const& in) {
        return boost::json::object{{"text", "Hello " + std::string{in.at("name").as_string()}}};
    });
    int const status = runtime->run();
    // snippet: scrape
    // wherever your program answers GET /metrics, on the runtime's thread
    std::string const text = metrics->text();  // text/plain; version=0.0.4
    // end snippet
    std::cout << text;
    return status;
}
