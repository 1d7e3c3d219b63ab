#pragma once

#include <conductor/environment.hpp>
#include <conductor/task.hpp>

#include <boost/json/object.hpp>

#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace conductor::simulation {

/** @brief States of a task on the server. */
enum class phase {
    scheduled,
    in_progress,
    completed,
    failed,
    failed_for_good,
    timed_out,
    canceled,
};

/** @brief As the server names it. */
std::string_view to_string(phase state);

/** @brief The task cannot change any more. */
inline bool has_ended(phase state) { return state > phase::in_progress; }

/** @brief What the server writes back as a whole: a lease's extension restores all of it. */
struct task_record {
    phase status = phase::scheduled;
    std::string worker_id{};
    std::int64_t poll_count = 0;
    std::chrono::seconds callback{0};
    boost::json::object output{};
};

/** @brief A task on the server, and what the invariants want to know of it. */
struct server_task {
    std::string id;
    std::string type;
    std::size_t step = 0;
    std::int64_t retry = 0;
    std::chrono::seconds response_timeout{0};
    task_record record{};
    time_point updated{};
    time_point visible{};

    // The rest is not the server's: it is what only the simulation knows.

    /** @brief When it was last claimed. */
    time_point claimed{};
    /** @brief The answer that holds its last claim reaches nobody, and nobody is told. */
    bool is_claim_unheard = false;
    /** @brief The process whose call made its last claim was gone by then. */
    bool is_claim_orphaned = false;
    /** @brief A call arrived twice, or after its sender had given it up: all bets are off. */
    bool is_disturbed = false;
    /** @brief How many results have ended it. */
    int results_taken = 0;
    /** @brief Runs whose results have arrived, taken or not. */
    std::set<std::uint64_t> runs_seen{};
    /** @brief Who reported the result that ended it; empty when nobody did. */
    std::string ended_by{};

    /** @brief Whether somebody's claim of it still holds. */
    bool is_claimed_by(std::string_view worker_id, std::int64_t poll_count) const {
        return record.status == phase::in_progress && record.worker_id == worker_id &&
               record.poll_count == poll_count;
    }
    /** @brief As the server sends it. */
    task to_json() const;
};

/** @brief The number of the run that a handler's result comes from; zero when no handler made it:
 *  the task was given back. */
std::uint64_t run_of(task_update const& update);

/** @brief The output that an update carries. */
boost::json::object output_of(task_update const& update);

}  // namespace conductor::simulation
