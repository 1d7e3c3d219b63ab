#pragma once

#include <conductor/runtime_status.hpp>

#include <prometheus/metric_family.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace conductor::metrics {

/** @brief The gauges of a runtime's status.
 *  @param now  Of the wall clock, for the age of the outbox's oldest entry. */
std::vector<prometheus::MetricFamily> status_metrics(runtime_status const& status,
                                                     std::chrono::system_clock::time_point now);

/** @brief The gauge of the lengths of the server's queues. */
prometheus::MetricFamily queue_metrics(std::map<std::string, std::int64_t> const& depths);

/** @brief All metrics as text, families and labels in the order of their names. */
std::string to_text(std::vector<prometheus::MetricFamily> families);

}  // namespace conductor::metrics
