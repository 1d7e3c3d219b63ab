#pragma once

#include <conductor/observer.hpp>
#include <conductor/prometheus.hpp>
#include <conductor/runtime_status.hpp>

#include <boost/asio/error.hpp>
#include <boost/json/object.hpp>

#include <chrono>
#include <string>

namespace conductor::test {

/** @brief A claimed task that waited for two seconds. */
inline task scripted_task(std::string const& type = "greet") {
    return task{{{"taskId", "t-1"},
                 {"taskType", type},
                 {"scheduledTime", 1'700'000'000'000},
                 {"startTime", 1'700'000'002'000}}};
}

/** @brief Tells an observer of every kind of event once, or of more kinds of error twice. */
inline void tell_scripted_events(runtime_observer& to) {
    using namespace std::chrono_literals;
    failure const busy{.code = make_http_error(503), .detail = "a message that says too much"};
    failure const refused{.code = boost::asio::error::connection_refused};
    auto const claimed = scripted_task();
    auto const done = task_result::completed({{"text", "Hello Ada"}});
    auto const failed = task_result::failed("a reason that says too much");
    auto const failed_for_good = task_result::failed_for_good("another");
    task_update update;
    update.task_id = "t-1";
    update.task_type = "greet";

    to.on(events::polled{.type = "greet", .tasks = 1, .took = 30ms});
    to.on(events::polled{.type = "greet", .took = 2s});
    to.on(events::poll_failed{.type = "greet", .error = busy, .took = 4ms});
    to.on(events::poll_failed{.type = "greet", .error = refused, .took = 400us});
    for (auto const reason : {poll_hold::no_free_slot, poll_hold::in_flight_max, poll_hold::paused,
                              poll_hold::gate, poll_hold::brake})
        to.on(events::poll_held{.type = "greet", .reason = reason});
    for (auto const* const outcome : {&done, &failed, &failed_for_good}) {
        to.on(events::started{.task = claimed, .claim_took = 30ms});
        to.on(events::finished{.task = claimed, .outcome = *outcome, .took = 70ms});
    }
    to.on(events::started{.task = claimed});
    for (auto const use :
         {payload_use::input_read, payload_use::output_read, payload_use::output_written})
        to.on(events::payload_external{.task = claimed, .use = use});
    to.on(events::updated{.update = update, .took = 8ms});
    to.on(events::update_failed{.update = update, .error = busy, .took = 3s});
    to.on(events::update_lost{.update = update, .error = busy});
    to.on(events::stored{.update = update});
    to.on(events::given_back{.task = claimed});
    to.on(events::duplicate_dropped{.task = claimed});
    to.on(events::recovered{.task = claimed});
    to.on(events::recovery_unavailable{.why = "no index"});
    to.on(events::lease_extended{.task = claimed, .took = 5ms});
    to.on(events::lease_failed{.task = claimed, .error = refused});
    to.on(events::cancelled{.task = claimed, .reason = cancel_reason::ended});
    to.on(events::cancelled{.task = claimed, .reason = cancel_reason::moved_on});
    to.on(events::braked{.type = "greet", .failures = 5, .rest = 10s});
    to.on(events::circuit_opened{.error = busy, .delay = 10s});
    to.on(events::circuit_closed{});
    to.on(events::poller_stalled{.type = "greet", .age = 90s});
    to.on(events::loop_held{.type = "greet", .held = 150ms});
    to.on(events::draining{.running = 1});
}

/** @brief Tells of requests and starts of workflows. */
inline void tell_scripted_requests(prometheus_metrics& to) {
    using namespace std::chrono_literals;
    to.http_request("GET", "/tasks/poll/batch/{tasktype}", 200, 30ms);
    to.http_request("GET", "/tasks/poll/batch/{tasktype}", 0, 2s);
    to.http_request("POST", "/tasks", 200, 8ms);
    to.workflow_started("star_workflow", 2, 150);
    to.workflow_started("star_workflow", std::nullopt, 20);
    to.workflow_start_failed("star_workflow", {.code = make_http_error(404)});
}

/** @brief What a runtime may know of itself meanwhile; its outbox's oldest entry is 90 s old. */
inline runtime_status scripted_status(std::chrono::system_clock::time_point now) {
    using namespace std::chrono_literals;
    worker_status const busy{.type = "greet",
                             .domain = {},
                             .slots = 4,
                             .in_flight = 3,
                             .poll_attempt_age = 250ms,
                             .poll_success_age = 500ms,
                             .lease_age = 12s};
    worker_status const idle{
        .type = "greet", .domain = "eu", .slots = 2, .held = poll_hold::paused};
    return {.worker_id = "host-1",
            .workers = {busy, idle},
            .outbox = {.rows = 7, .bytes = 4096, .oldest = now - 90s, .full = false},
            .circuit_open = true};
}

}  // namespace conductor::test
