#include "status_metrics.hpp"

#include "metric_access.hpp"

#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <string_view>
#include <utility>

namespace conductor::metrics {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using label_list = std::vector<ClientMetric::Label>;

constexpr std::array<std::pair<poll_hold, char const*>, 8> holds{
    {{poll_hold::no_free_slot, "no_free_slot"},
     {poll_hold::in_flight_max, "in_flight_max"},
     {poll_hold::paused, "paused"},
     {poll_hold::gate, "gate"},
     {poll_hold::brake, "brake"},
     {poll_hold::outbox_full, "outbox_full"},
     {poll_hold::circuit_open, "circuit_open"},
     {poll_hold::recovering, "recovering"}}};

MetricFamily family(metric_name const& what) {
    MetricFamily made;
    made.name = what.name;
    made.help = what.help;
    made.type = prometheus::MetricType::Gauge;
    return made;
}

void add(MetricFamily& to, label_list labels, double value) {
    ClientMetric metric;
    metric.label = std::move(labels);
    metric.gauge.value = value;
    to.metric.push_back(std::move(metric));
}

MetricFamily single(metric_name const& what, double value) {
    auto made = family(what);
    add(made, {}, value);
    return made;
}

label_list labels_of(worker_status const& worker) {
    return {{"domain", worker.domain}, {"taskType", worker.type}};
}

template <class Value>
MetricFamily of_workers(metric_name const& what, runtime_status const& status, Value value) {
    auto made = family(what);
    for (auto const& worker : status.workers)
        add(made, labels_of(worker), static_cast<double>(worker.*value));
    return made;
}

/** @brief A gauge of an age; a worker without one has no series. */
MetricFamily of_workers(metric_name const& what, runtime_status const& status,
                        std::optional<std::chrono::nanoseconds> worker_status::*age) {
    auto made = family(what);
    for (auto const& worker : status.workers)
        if (worker.*age) add(made, labels_of(worker), seconds(*(worker.*age)));
    return made;
}

MetricFamily held(runtime_status const& status) {
    auto made = family(
        {"conductor_poll_held", "1 for the reason for which a task type is not polled, else 0."});
    for (auto const& worker : status.workers) {
        for (auto const& [reason, name] : holds) {
            label_list const labels{
                {"domain", worker.domain}, {"reason", name}, {"taskType", worker.type}};
            add(made, labels, worker.held == reason ? 1 : 0);
        }
    }
    return made;
}

double outbox_age(outbox_level const& outbox, std::chrono::system_clock::time_point now) {
    if (!outbox.oldest) return 0;
    return std::max(0.0, seconds(now - *outbox.oldest));
}

}  // namespace

std::vector<MetricFamily> status_metrics(runtime_status const& status,
                                         std::chrono::system_clock::time_point now) {
    auto const& outbox = status.outbox;
    return {
        of_workers({"conductor_slots", "Tasks that may be in flight at once."}, status,
                   &worker_status::slots),
        of_workers({"conductor_in_flight", "Tasks claimed, and neither reported nor stored yet."},
                   status, &worker_status::in_flight),
        of_workers({"conductor_poll_attempt_age_seconds", "Since the last poll began."}, status,
                   &worker_status::poll_attempt_age),
        of_workers({"conductor_poll_success_age_seconds", "Since a poll last succeeded."}, status,
                   &worker_status::poll_success_age),
        of_workers({"conductor_lease_age_seconds",
                    "The longest time since a task in flight was claimed or its lease extended."},
                   status, &worker_status::lease_age),
        held(status),
        single({"conductor_circuit_open", "1 while all task types wait for the server, else 0."},
               status.circuit_open ? 1 : 0),
        single({"conductor_outbox_rows", "Results in the outbox."},
               static_cast<double>(outbox.rows)),
        single({"conductor_outbox_bytes", "Size of the results in the outbox."},
               static_cast<double>(outbox.bytes)),
        single({"conductor_outbox_oldest_age_seconds",
                "Age of the oldest result in the outbox; 0 when it is empty."},
               outbox_age(outbox, now)),
        single({"conductor_outbox_full", "1 while the outbox may have no room, else 0."},
               outbox.full ? 1 : 0)};
}

MetricFamily queue_metrics(std::map<std::string, std::int64_t> const& depths) {
    auto made = family({"conductor_queue_depth", "Tasks that wait in the server's queue."});
    for (auto const& [type, depth] : depths)
        add(made, {{"taskType", type}}, static_cast<double>(depth));
    return made;
}

std::string to_text(std::vector<MetricFamily> families) {
    std::erase_if(families, [](MetricFamily const& one) { return one.metric.empty(); });
    std::ranges::sort(families, {}, &MetricFamily::name);
    for (auto& one : families) std::ranges::sort(one.metric, std::less{}, &ClientMetric::label);
    std::ostringstream text;
    prometheus::TextSerializer{}.Serialize(text, families);
    return std::move(text).str();
}

}  // namespace conductor::metrics
