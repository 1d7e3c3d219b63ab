#pragma once

#include "metric_access.hpp"

namespace conductor::metrics {

/** @brief Times of what may succeed or fail: the label `status` is SUCCESS or FAILURE. */
struct outcome_times {
    /** @brief Of what succeeded. */
    prometheus::Histogram* success = nullptr;
    /** @brief Of what failed. */
    prometheus::Histogram* failure = nullptr;
};

/** @brief The metrics of one task type of which all labels are known beforehand. Made once, so
 *  that an event looks nothing up, and so that each is there before its first event. */
struct type_metrics {
    /** @brief `task_poll_total`. */
    prometheus::Counter* polls = nullptr;
    /** @brief `task_execution_started_total`. */
    prometheus::Counter* started = nullptr;
    /** @brief `task_execution_queue_full_total`. */
    prometheus::Counter* queue_full = nullptr;
    /** @brief `task_paused_total`. */
    prometheus::Counter* paused = nullptr;
    /** @brief `worker_restart_total`. */
    prometheus::Counter* restarts = nullptr;
    /** @brief `active_workers`. */
    prometheus::Gauge* active = nullptr;
    /** @brief `task_poll_time_seconds`. */
    outcome_times poll_time;
    /** @brief `task_execute_time_seconds`. */
    outcome_times execute_time;
    /** @brief `task_update_time_seconds`. */
    outcome_times update_time;
    /** @brief `task_result_size_bytes`. */
    prometheus::Histogram* result_size = nullptr;
    /** @brief `conductor_task_queue_wait_seconds`. */
    prometheus::Histogram* queue_wait = nullptr;
    /** @brief `conductor_results_lost_total`. */
    prometheus::Counter* lost = nullptr;
    /** @brief `conductor_results_stored_total`. */
    prometheus::Counter* stored = nullptr;
    /** @brief `conductor_duplicates_dropped_total`. */
    prometheus::Counter* duplicates = nullptr;
    /** @brief `conductor_tasks_recovered_total`. */
    prometheus::Counter* recovered = nullptr;
    /** @brief `conductor_tasks_given_back_total`. */
    prometheus::Counter* given_back = nullptr;
    /** @brief `conductor_tasks_cancelled_total` with the reason `ended`. */
    prometheus::Counter* ended = nullptr;
    /** @brief `conductor_tasks_cancelled_total` with the reason `moved_on`. */
    prometheus::Counter* moved_on = nullptr;
    /** @brief `conductor_lease_extensions_total`. */
    prometheus::Counter* leases = nullptr;
    /** @brief `conductor_brakes_total`. */
    prometheus::Counter* brakes = nullptr;
    /** @brief `conductor_loop_held_seconds`. */
    prometheus::Histogram* loop_held = nullptr;
};

/** @brief Makes the metrics of a task type in a registry, which must outlive them. */
type_metrics make_type_metrics(prometheus::Registry& in, std::string const& task_type);

}  // namespace conductor::metrics
