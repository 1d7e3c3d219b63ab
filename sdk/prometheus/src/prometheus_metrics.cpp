#include <conductor/prometheus.hpp>

#include "event_counter.hpp"
#include "status_metrics.hpp"

#include <conductor/detail/error_type.hpp>

#include <cstdlib>
#include <iterator>
#include <string>
#include <utility>

namespace conductor {
namespace {

bool is_on(char const* variable) {
    char const* const value = std::getenv(variable);
    std::string const text = value != nullptr ? value : "";
    return text != "false" && text != "0" && text != "no";
}

}  // namespace

prometheus_options prometheus_options::from_environment() {
    return {.result_sizes = is_on("WORKER_METRICS_PAYLOAD_SIZE"),
            .http_requests = is_on("WORKER_METRICS_HTTP_REQUESTS")};
}

class prometheus_metrics::implementation {
public:
    explicit implementation(prometheus_options options)
        : options_(std::move(options)),
          events_(registry_, options_.task_types, options_.result_sizes) {}

    prometheus_options const& options() const { return options_; }
    prometheus::Registry& registry() { return registry_; }
    void count(runtime_event const& event) { events_.count(event); }

    std::string text() const {
        auto families = registry_.Collect();
        if (options_.status) {
            auto gauges = metrics::status_metrics(options_.status(), options_.clock->wall());
            families.insert(families.end(), std::make_move_iterator(gauges.begin()),
                            std::make_move_iterator(gauges.end()));
        }
        if (options_.queue_depths)
            families.push_back(metrics::queue_metrics(options_.queue_depths()));
        return metrics::to_text(std::move(families));
    }

private:
    prometheus_options options_;
    prometheus::Registry registry_;
    metrics::event_counter events_;
};

prometheus_metrics::prometheus_metrics(prometheus_options options)
    : implementation_(std::make_unique<implementation>(std::move(options))) {}

prometheus_metrics::~prometheus_metrics() = default;

void prometheus_metrics::on(runtime_event const& event) { implementation_->count(event); }

void prometheus_metrics::http_request(std::string_view method, std::string_view uri_template,
                                      int status, std::chrono::nanoseconds took) {
    if (!implementation_->options().http_requests) return;
    metrics::histogram(implementation_->registry(),
                       {"http_api_client_request_seconds", "How long requests to the server take."},
                       {{"method", std::string{method}},
                        {"uri", std::string{uri_template}},
                        {"status", std::to_string(status)}})
        .Observe(metrics::seconds(took));
}

void prometheus_metrics::workflow_started(std::string const& workflow_type,
                                          std::optional<int> version, std::size_t input_bytes) {
    metrics::histogram(
        implementation_->registry(),
        {"workflow_input_size_bytes", "Size of the inputs of workflows started from here."},
        {{"workflowType", workflow_type}, {"version", version ? std::to_string(*version) : ""}},
        metrics::size_buckets)
        .Observe(static_cast<double>(input_bytes));
}

void prometheus_metrics::workflow_start_failed(std::string const& workflow_type,
                                               failure const& error) {
    metrics::counter(
        implementation_->registry(),
        {"workflow_start_error_total", "Workflows that could not be started."},
        {{"workflowType", workflow_type}, {"exception", detail::error_type(error.code)}})
        .Increment();
}

std::string prometheus_metrics::text() const { return implementation_->text(); }

}  // namespace conductor
