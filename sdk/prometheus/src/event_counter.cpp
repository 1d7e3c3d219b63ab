#include "event_counter.hpp"

#include "json_size.hpp"

#include <conductor/detail/error_type.hpp>

#include <utility>

namespace conductor::metrics {
namespace {

std::size_t output_size(task_result const& outcome) {
    auto const& text = outcome.output_text();
    return text.empty() ? json_size(outcome.output()) : text.size();
}

}  // namespace

using detail::error_type;

namespace {

bool failed(task_status status) {
    return status == task_status::failed || status == task_status::failed_with_terminal_error;
}

prometheus::Histogram* pick(outcome_times const& times, bool has_failed) {
    return has_failed ? times.failure : times.success;
}

void observe_wait(type_metrics const& of, task const& claimed) {
    std::chrono::milliseconds const queued{claimed.number("scheduledTime")};
    std::chrono::milliseconds const begun{claimed.number("startTime")};
    if (queued.count() > 0 && begun >= queued) of.queue_wait->Observe(seconds(begun - queued));
}

}  // namespace

event_counter::event_counter(prometheus::Registry& in, std::vector<std::string> const& task_types,
                             bool result_sizes)
    : in_(&in),
      result_sizes_(result_sizes),
      circuit_openings_(&counter(in,
                                 {"conductor_circuit_openings_total",
                                  "Times that all task types began to wait for the server."},
                                 {})),
      recovery_unavailable_(&counter(in,
                                     {"conductor_recovery_unavailable_total",
                                      "Times that lost claims could not be looked for."},
                                     {})) {
    for (auto const& type : task_types) of(type);
}

type_metrics& event_counter::of(std::string_view task_type) {
    auto found = types_.find(task_type);
    if (found == types_.end()) {
        std::string type{task_type};
        auto made = make_type_metrics(*in_, type);
        found = types_.emplace(std::move(type), made).first;
    }
    return found->second;
}

void event_counter::count_error(metric_name const& what, std::string_view task_type,
                                std::string exception) {
    counter(*in_, what, {{"taskType", std::string{task_type}}, {"exception", std::move(exception)}})
        .Increment();
}

/** @brief What each event counts for. */
struct event_visitor {
    event_counter* in;

    void operator()(events::polled const& event) const {
        auto const& of = in->of(event.type);
        of.polls->Increment();
        of.poll_time.success->Observe(seconds(event.took));
    }
    void operator()(events::poll_failed const& event) const {
        auto const& of = in->of(event.type);
        of.polls->Increment();
        of.poll_time.failure->Observe(seconds(event.took));
        in->count_error({"task_poll_error_total", "Polls that failed."}, event.type,
                        error_type(event.error.code));
    }
    void operator()(events::poll_held const& event) const {
        auto const& of = in->of(event.type);
        if (event.reason == poll_hold::no_free_slot || event.reason == poll_hold::in_flight_max)
            of.queue_full->Increment();
        if (event.reason == poll_hold::paused) of.paused->Increment();
    }
    void operator()(events::started const& event) const {
        auto const& of = in->of(event.task.type());
        of.started->Increment();
        of.active->Increment();
        observe_wait(of, event.task);
    }
    void operator()(events::finished const& event) const {
        auto const& of = in->of(event.task.type());
        auto const status = event.outcome.status();
        of.active->Decrement();
        pick(of.execute_time, failed(status))->Observe(seconds(event.took));
        if (in->result_sizes_)
            of.result_size->Observe(static_cast<double>(output_size(event.outcome)));
        if (failed(status))
            in->count_error({"task_execute_error_total", "Handlers that ended in failure."},
                            event.task.type(), std::string{to_string(status)});
    }
    void operator()(events::payload_external const& event) const {
        bool const read = event.use != payload_use::output_written;
        bool const input = event.use == payload_use::input_read;
        counter(*in->in_, {"external_payload_used_total", "Payloads kept outside of the server."},
                {{"entityName", std::string{event.task.type()}},
                 {"operation", read ? "READ" : "WRITE"},
                 {"payloadType", input ? "TASK_INPUT" : "TASK_OUTPUT"}})
            .Increment();
    }
    void operator()(events::updated const& event) const {
        in->of(event.update.task_type).update_time.success->Observe(seconds(event.took));
    }
    void operator()(events::update_failed const& event) const {
        in->of(event.update.task_type).update_time.failure->Observe(seconds(event.took));
        count_update_error(event.update, event.error);
    }
    void operator()(events::update_lost const& event) const {
        in->of(event.update.task_type).lost->Increment();
        count_update_error(event.update, event.error);
    }
    void operator()(events::stored const& event) const {
        in->of(event.update.task_type).stored->Increment();
    }
    void operator()(events::given_back const& event) const {
        in->of(event.task.type()).given_back->Increment();
    }
    void operator()(events::duplicate_dropped const& event) const {
        in->of(event.task.type()).duplicates->Increment();
    }
    void operator()(events::recovered const& event) const {
        in->of(event.task.type()).recovered->Increment();
    }
    void operator()(events::recovery_unavailable const&) const {
        in->recovery_unavailable_->Increment();
    }
    void operator()(events::lease_extended const& event) const {
        in->of(event.task.type()).leases->Increment();
    }
    void operator()(events::lease_failed const& event) const {
        in->count_error({"conductor_lease_errors_total", "Attempts to extend a lease that failed."},
                        event.task.type(), error_type(event.error.code));
    }
    void operator()(events::cancelled const& event) const {
        auto const& of = in->of(event.task.type());
        (event.reason == cancel_reason::ended ? of.ended : of.moved_on)->Increment();
    }
    void operator()(events::braked const& event) const { in->of(event.type).brakes->Increment(); }
    void operator()(events::circuit_opened const&) const { in->circuit_openings_->Increment(); }
    void operator()(events::circuit_closed const&) const {}  // a gauge shows it
    void operator()(events::poller_stalled const& event) const {
        in->of(event.type).restarts->Increment();
    }
    void operator()(events::loop_held const& event) const {
        in->of(event.type).loop_held->Observe(seconds(event.held));
    }
    void operator()(events::draining const&) const {}  // nobody scrapes for long after it

private:
    void count_update_error(task_update const& update, failure const& error) const {
        in->count_error({"task_update_error_total", "Attempts to report a result that failed."},
                        update.task_type, error_type(error.code));
    }
};

void event_counter::count(runtime_event const& event) { std::visit(event_visitor{this}, event); }

}  // namespace conductor::metrics
