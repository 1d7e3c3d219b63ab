#pragma once

#include "access_tokens.hpp"
#include "definitions.hpp"
#include "executions.hpp"

#include <boost/json/object.hpp>

#include <condition_variable>
#include <mutex>
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

/** @brief All that a `fake_conductor` remembers. */
struct server_state {
    /** @brief With nothing in it. */
    server_state(access_tokens access, bool honour_delays)
        : tokens(std::move(access)), running(known, honour_delays) {}
    server_state(server_state const&) = delete;
    server_state& operator=(server_state const&) = delete;

    /** @brief Guards everything below. */
    std::mutex mutex{};
    /** @brief Notified after each change. */
    std::condition_variable changed{};
    /** @brief Authentication. */
    access_tokens tokens;
    /** @brief Definitions and schedules. */
    definitions known{};
    /** @brief Executions and their tasks. */
    executions running;
    /** @brief All updates so far. */
    std::vector<received_update> updates{};
};

}  // namespace conductor::test
