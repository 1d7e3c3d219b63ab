#pragma once

#include "access_tokens.hpp"
#include "definitions.hpp"
#include "executions.hpp"

#include <boost/json/object.hpp>

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace conductor::test {

/** @brief A `TaskResult` as it arrived. */
struct received_update {
    /** @brief By which call: 1 for `POST /tasks`, 2 for `POST /tasks/update-v2`. */
    int version = 1;
    /** @brief The body. */
    boost::json::object body{};
    /** @brief What it did. */
    update_verdict verdict = update_verdict::ended;
};

/** @brief By which method a server pauses and resumes a schedule. */
enum class schedule_verbs {
    /** @brief The open-source server's. */
    put,
    /** @brief Of older clusters of Orkes. */
    get,
    /** @brief Of newer ones. */
    both,
};

/** @brief Whose side a `fake_conductor` speaks. */
struct dialect {
    /** @brief Orkes', in place of the open-source server's: no search for whole tasks, no
     *  external payload storage, poll data as a map, polled tasks whose `workflowTask` has no
     *  name.
     *  @par Source  Orkes' OpenAPI document and API reference. */
    bool orkes = false;
    /** @brief How schedules are paused. */
    schedule_verbs verbs = schedule_verbs::put;
};

/** @brief Who polled a queue last. */
struct poll_note {
    /** @brief The worker. */
    std::string worker_id;
    /** @brief When, in milliseconds since 1970. */
    std::int64_t time = 0;
};

/** @brief All that a `fake_conductor` remembers. */
struct server_state {
    /** @brief With nothing in it. */
    server_state(access_tokens access, bool honour_delays, dialect spoken)
        : speech(spoken), tokens(std::move(access)), running(known, honour_delays) {}
    server_state(server_state const&) = delete;
    server_state& operator=(server_state const&) = delete;

    /** @brief Guards everything below. */
    std::mutex mutex{};
    /** @brief Notified after each change. */
    std::condition_variable changed{};
    /** @brief Whose side it speaks. */
    dialect speech;
    /** @brief Authentication. */
    access_tokens tokens;
    /** @brief Definitions and schedules. */
    definitions known{};
    /** @brief Executions and their tasks. */
    executions running;
    /** @brief All updates so far. */
    std::vector<received_update> updates{};
    /** @brief Who polled each queue last. */
    std::map<queue_name, poll_note> polls{};
};

}  // namespace conductor::test
