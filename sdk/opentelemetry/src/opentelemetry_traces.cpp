#include <conductor/opentelemetry.hpp>

#include "span_exporter.hpp"
#include "task_spans.hpp"
#include "trace_variables.hpp"

#include <cstdlib>
#include <utility>

namespace conductor {
namespace {

std::optional<std::string> read_variable(std::string const& name) {
    char const* const value = std::getenv(name.c_str());
    if (value == nullptr || *value == '\0') return std::nullopt;
    return value;
}

}  // namespace

std::optional<opentelemetry_options> opentelemetry_options::from_environment() {
    return tracing::read_options(read_variable);
}

class opentelemetry_traces::implementation {
public:
    explicit implementation(opentelemetry_options options)
        : clock_(options.environment.clock),
          spans_(options.sampling, options.ids),
          exporter_(std::move(options)) {}

    void take(runtime_event const& event) { exporter_.add(spans_.take(event, clock_->wall())); }
    tracing::span_exporter& exporter() { return exporter_; }

private:
    std::shared_ptr<clock> clock_;
    tracing::task_spans spans_;
    tracing::span_exporter exporter_;
};

opentelemetry_traces::opentelemetry_traces(opentelemetry_options options)
    : implementation_(std::make_unique<implementation>(std::move(options))) {}

opentelemetry_traces::~opentelemetry_traces() = default;

void opentelemetry_traces::on(runtime_event const& event) { implementation_->take(event); }

bool opentelemetry_traces::flush(std::chrono::milliseconds limit) {
    return implementation_->exporter().flush(limit);
}

trace_counts opentelemetry_traces::counts() const { return implementation_->exporter().counts(); }

}  // namespace conductor
