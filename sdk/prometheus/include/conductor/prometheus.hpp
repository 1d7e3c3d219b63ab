#pragma once

#include <conductor/environment.hpp>
#include <conductor/observer.hpp>
#include <conductor/runtime_status.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conductor {

/** @brief What `prometheus_metrics` shows, and where it takes from what no event tells. */
struct prometheus_options {
    /** @brief Task types whose metrics are there from the first scrape on; others come with their
     *  first event. */
    std::vector<std::string> task_types{};
    /** @brief Asked at each scrape, as a rule `runtime::status()`; without it there are no gauges
     *  of slots, polls, leases, outbox and circuit. */
    std::function<runtime_status()> status{};
    /** @brief Asked at each scrape for the length of each task type's queue, for autoscaling; none
     *  for no such metric. Must not wait: give what was learnt before. */
    std::function<std::map<std::string, std::int64_t>()> queue_depths{};
    /** @brief Measures results (`task_result_size_bytes`), which costs writing them once more. */
    bool result_sizes = true;
    /** @brief Takes `http_request()` down. */
    bool http_requests = true;
    /** @brief Says how old the outbox's oldest entry is. */
    std::shared_ptr<conductor::clock> clock = environment::system().clock;

    /** @brief The defaults, with `WORKER_METRICS_PAYLOAD_SIZE` and `WORKER_METRICS_HTTP_REQUESTS`
     *  of the environment: `false`, `0` or `no` turns off. */
    static prometheus_options from_environment();
};

/** @brief Counts what a runtime does, and gives it in Prometheus' text format.
 *
 *  Names, labels and buckets are those of the official SDKs; what they have no name for begins
 *  with `conductor_`. Task types, statuses and kinds of errors are labels, ids and messages never.
 *  @par Threads  The runtime's thread; where `status` is none, any.
 */
class prometheus_metrics final : public runtime_observer {
public:
    /** @brief Everything at zero. */
    explicit prometheus_metrics(prometheus_options options = {});
    prometheus_metrics(prometheus_metrics const&) = delete;
    prometheus_metrics& operator=(prometheus_metrics const&) = delete;
    ~prometheus_metrics() override;

    void on(runtime_event const& event) override;

    /** @brief Takes down a request to the server.
     *  @param uri_template  The path as documented, `/tasks/poll/batch/{tasktype}`, never with
     *                       values in it.
     *  @param status        The answer's; 0 when there was none. */
    void http_request(std::string_view method, std::string_view uri_template, int status,
                      std::chrono::nanoseconds took);
    /** @brief Takes down that a workflow was started from here.
     *  @param version  None when the newest was asked for. */
    void workflow_started(std::string const& workflow_type, std::optional<int> version,
                          std::size_t input_bytes);
    /** @brief Takes down that a workflow could not be started from here. */
    void workflow_start_failed(std::string const& workflow_type, failure const& error);

    /** @brief All metrics in the text format, version 0.0.4: families and labels in the order of
     *  their names. */
    std::string text() const;

private:
    class implementation;
    std::unique_ptr<implementation> implementation_;
};

}  // namespace conductor
