#pragma once

#include "type_metrics.hpp"

#include <conductor/observer.hpp>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::metrics {

/** @brief Counts events into a registry. */
class event_counter {
public:
    /** @brief Counts into a registry, which must outlive it.
     *  @param task_types    What is there from the start.
     *  @param result_sizes  Whether to measure results. */
    event_counter(prometheus::Registry& in, std::vector<std::string> const& task_types,
                  bool result_sizes);

    /** @brief Counts one. */
    void count(runtime_event const& event);

private:
    friend struct event_visitor;

    type_metrics& of(std::string_view task_type);
    void count_error(metric_name const& what, std::string_view task_type, std::string exception);

    prometheus::Registry* in_;
    bool result_sizes_;
    prometheus::Counter* circuit_openings_;
    prometheus::Counter* recovery_unavailable_;
    std::map<std::string, type_metrics, std::less<>> types_;
};

}  // namespace conductor::metrics
