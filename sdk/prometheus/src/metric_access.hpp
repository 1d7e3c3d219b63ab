#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <chrono>
#include <string>
#include <vector>

namespace conductor::metrics {

/** @brief A metric's name and what it says, for people. */
struct metric_name {
    /** @brief The name. */
    std::string name;
    /** @brief For people. */
    std::string help;
};

/** @brief Buckets of the official SDKs for times, in seconds. */
inline std::vector<double> const time_buckets{.001, .005, .01, .025, .05, .1,
                                              .25,  .5,   1,   2.5,  5,   10};
/** @brief Buckets of the official SDKs for sizes, in bytes. */
inline std::vector<double> const size_buckets{100, 1e3, 1e4, 1e5, 1e6, 1e7};
/** @brief Buckets for the time that a task waits in the server's queue: up to hours. */
inline std::vector<double> const wait_buckets{.01, .05, .1, .5, 1, 5, 10, 30, 60, 300, 1800, 7200};

/** @brief A counter with these labels; made at zero when it is not there. */
inline prometheus::Counter& counter(prometheus::Registry& in, metric_name const& what,
                                    prometheus::Labels const& labels) {
    return prometheus::BuildCounter().Name(what.name).Help(what.help).Register(in).Add(labels);
}

/** @brief A gauge with these labels; made at zero when it is not there. */
inline prometheus::Gauge& gauge(prometheus::Registry& in, metric_name const& what,
                                prometheus::Labels const& labels) {
    return prometheus::BuildGauge().Name(what.name).Help(what.help).Register(in).Add(labels);
}

/** @brief A histogram with these labels; made empty when it is not there. */
inline prometheus::Histogram& histogram(prometheus::Registry& in, metric_name const& what,
                                        prometheus::Labels const& labels,
                                        std::vector<double> const& buckets = time_buckets) {
    auto& family = prometheus::BuildHistogram().Name(what.name).Help(what.help).Register(in);
    return family.Add(labels, buckets);
}

/** @brief A time as Prometheus counts it. */
inline double seconds(std::chrono::nanoseconds time) {
    return std::chrono::duration<double>{time}.count();
}

}  // namespace conductor::metrics
