#include "type_metrics.hpp"

namespace conductor::metrics {
namespace {

/** @brief Makes metrics with the label of one task type. */
class maker {
public:
    maker(prometheus::Registry& in, std::string const& task_type)
        : in_(&in), labels_{{"taskType", task_type}} {}

    prometheus::Counter* count(metric_name const& what) const {
        return &counter(*in_, what, labels_);
    }
    prometheus::Counter* count(metric_name const& what, std::string const& reason) const {
        return &counter(*in_, what, with("reason", reason));
    }
    prometheus::Gauge* level(metric_name const& what) const { return &gauge(*in_, what, labels_); }
    prometheus::Histogram* spread(metric_name const& what,
                                  std::vector<double> const& buckets) const {
        return &histogram(*in_, what, labels_, buckets);
    }
    outcome_times times(metric_name const& what) const {
        return {&histogram(*in_, what, with("status", "SUCCESS")),
                &histogram(*in_, what, with("status", "FAILURE"))};
    }

private:
    prometheus::Labels with(std::string const& name, std::string const& value) const {
        auto labels = labels_;
        labels.emplace(name, value);
        return labels;
    }

    prometheus::Registry* in_;
    prometheus::Labels labels_;
};

void make_official(maker const& make, type_metrics& of) {
    of.polls = make.count({"task_poll_total", "Polls of a task type."});
    of.started = make.count({"task_execution_started_total", "Handlers begun."});
    of.queue_full = make.count(
        {"task_execution_queue_full_total", "Times that polling paused for want of a free slot."});
    of.paused =
        make.count({"task_paused_total", "Times that polling stopped since the type is paused."});
    of.restarts = make.count({"worker_restart_total", "Stalled pollers that were begun anew."});
    of.active = make.level({"active_workers", "Handlers that run."});
    of.poll_time = make.times({"task_poll_time_seconds", "How long polls take."});
    of.execute_time = make.times({"task_execute_time_seconds", "How long handlers run."});
    of.update_time = make.times({"task_update_time_seconds", "How long reporting a result takes."});
    of.result_size = make.spread({"task_result_size_bytes", "Size of results."}, size_buckets);
    // Nothing is acknowledged apart from polls, as in the other SDKs: it stays at zero.
    make.count({"task_ack_failed_total", "Acknowledgements that the server refused."});
}

void make_own(maker const& make, type_metrics& of) {
    metric_name const cancelled{"conductor_tasks_cancelled_total",
                                "Tasks that were taken from a running handler."};
    of.queue_wait = make.spread(
        {"conductor_task_queue_wait_seconds", "How long tasks waited in the server's queue."},
        wait_buckets);
    of.lost = make.count({"conductor_results_lost_total", "Results that will not be delivered."});
    of.stored =
        make.count({"conductor_results_stored_total", "Results that went into the outbox."});
    of.duplicates = make.count({"conductor_duplicates_dropped_total",
                                "Copies of tasks in flight that the server handed out."});
    of.recovered =
        make.count({"conductor_tasks_recovered_total", "Lost claims that were given back."});
    of.given_back =
        make.count({"conductor_tasks_given_back_total", "Claimed tasks that went back unrun."});
    of.ended = make.count(cancelled, "ended");
    of.moved_on = make.count(cancelled, "moved_on");
    of.leases = make.count({"conductor_lease_extensions_total", "Leases extended."});
    of.brakes = make.count(
        {"conductor_brakes_total", "Times that polling rested since a handler kept failing."});
    of.loop_held = make.spread(
        {"conductor_loop_held_seconds", "How long coroutine handlers held the runtime's thread."},
        time_buckets);
}

}  // namespace

type_metrics make_type_metrics(prometheus::Registry& in, std::string const& task_type) {
    maker const make{in, task_type};
    type_metrics made;
    make_official(make, made);
    make_own(make, made);
    return made;
}

}  // namespace conductor::metrics
