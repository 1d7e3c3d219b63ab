#pragma once

#include <boost/describe/class.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace conductor::daemon {

/** @brief The server, as the daemon sees it. */
struct server_facts {
    /** @brief Its addresses. */
    std::string address{};
    /** @brief State of the access token: `not needed`, `not asked for yet`, `good` or `failed`. */
    std::string token{};
    /** @brief Whether it failed so often that all polls wait. */
    bool circuit_open = false;
};
BOOST_DESCRIBE_STRUCT(server_facts, (), (address, token, circuit_open))

/** @brief What the daemon does for one task type. Counts are since the daemon began. */
struct task_type_facts {
    /** @brief The task type. */
    std::string type{};
    /** @brief The domain; empty for none. */
    std::string domain{};
    /** @brief `polling`, or why it is not polled at present. */
    std::string state{};
    /** @brief Whether nobody polls because somebody wants it so. */
    bool paused = false;
    /** @brief Tasks that may be in flight at once. */
    std::size_t slots = 0;
    /** @brief Tasks in flight. */
    std::size_t slots_used = 0;
    /** @brief Tasks that ended in the last 60 seconds, well or not. */
    std::size_t tasks_last_minute = 0;
    /** @brief Tasks that ended well. */
    std::uint64_t completed = 0;
    /** @brief Tasks that will come back later. */
    std::uint64_t called_back = 0;
    /** @brief Tasks that failed, for good or not. */
    std::uint64_t failed = 0;
    /** @brief Since a poll last succeeded; none before the first. */
    std::optional<std::int64_t> last_poll_ms_ago{};
    /** @brief Polls that failed. */
    std::uint64_t poll_failures = 0;
    /** @brief Why the last poll failed; none when it succeeded. */
    std::optional<std::string> poll_error{};
    /** @brief The longest time since a task in flight was claimed or its lease extended; none
     *  without one. */
    std::optional<std::int64_t> oldest_lease_ms{};
    /** @brief Leases that were extended. */
    std::uint64_t leases_extended = 0;
    /** @brief Attempts to extend one that failed. */
    std::uint64_t lease_failures = 0;
    /** @brief Results that will not be delivered. */
    std::uint64_t results_lost = 0;
};
BOOST_DESCRIBE_STRUCT(task_type_facts, (),
                      (type, domain, state, paused, slots, slots_used, tasks_last_minute, completed,
                       called_back, failed, last_poll_ms_ago, poll_failures, poll_error,
                       oldest_lease_ms, leases_extended, lease_failures, results_lost))

/** @brief The results that the server has not taken yet. */
struct outbox_facts {
    /** @brief `off`, `on_failure` or `always`. */
    std::string mode{};
    /** @brief Results in it. */
    std::size_t rows = 0;
    /** @brief Their size. */
    std::size_t bytes = 0;
    /** @brief How old the oldest one is; none when it is empty. */
    std::optional<std::int64_t> oldest_s{};
    /** @brief Whether nothing is claimed any more, since a result may find no room. */
    bool full = false;
    /** @brief Results that went into it since the daemon began. */
    std::uint64_t stored = 0;
};
BOOST_DESCRIBE_STRUCT(outbox_facts, (), (mode, rows, bytes, oldest_s, full, stored))

/** @brief A task that failed. Neither input nor output are known here. */
struct failed_task_facts {
    /** @brief When, as ISO 8601 in UTC. */
    std::string at{};
    /** @brief Its type. */
    std::string type{};
    /** @brief Its id. */
    std::string task{};
    /** @brief Id of its workflow. */
    std::string workflow{};
    /** @brief Its name in the workflow. */
    std::string reference{};
    /** @brief `FAILED` or `FAILED_WITH_TERMINAL_ERROR`. */
    std::string status{};
    /** @brief Why, as the server was told. */
    std::string reason{};
};
BOOST_DESCRIBE_STRUCT(failed_task_facts, (), (at, type, task, workflow, reference, status, reason))

/** @brief All that an operator can see of a daemon; as JSON it is the answer of `/status`.
 *
 *  No text in it holds control characters. */
struct status_facts {
    /** @brief The daemon's version. */
    std::string version{};
    /** @brief Named in the tasks that it claims. */
    std::string worker_id{};
    /** @brief When this was so, as ISO 8601 in UTC. */
    std::string at{};
    /** @brief Since the daemon began. */
    std::int64_t uptime_s = 0;
    /** @brief `ready`, `not ready` or `stopping`. */
    std::string state{};
    /** @brief Why it is not ready; empty when it is. */
    std::vector<std::string> reasons{};
    /** @brief The server. */
    server_facts server{};
    /** @brief The task types, in the order of the configuration. */
    std::vector<task_type_facts> types{};
    /** @brief The outbox. */
    outbox_facts outbox{};
    /** @brief The last tasks that failed, the newest first. */
    std::vector<failed_task_facts> failed_tasks{};
};
BOOST_DESCRIBE_STRUCT(status_facts, (),
                      (version, worker_id, at, uptime_s, state, reasons, server, types, outbox,
                       failed_tasks))

}  // namespace conductor::daemon
