#pragma once

#include <conductor/error.hpp>
#include <conductor/task.hpp>
#include <conductor/task_result.hpp>

#include <chrono>
#include <cstddef>
#include <string_view>

namespace conductor {

/** @brief Why a task type is not polled although its time has come. */
enum class poll_hold {
    /** @brief All its slots are taken. */
    no_free_slot,
    /** @brief `runtime_options::in_flight_max` is reached. */
    in_flight_max,
    /** @brief It is paused. */
    paused,
    /** @brief Its poll gate is shut. */
    gate,
    /** @brief Its handler failed too often in a row. */
    brake,
    /** @brief The outbox is full. */
    outbox_full,
    /** @brief The server is failing; all types wait. */
    circuit_open,
    /** @brief Lost claims are being looked for. */
    recovering,
};

/** @brief Why a handler's stop token fired before the runtime stopped. */
enum class cancel_reason {
    /** @brief The server has ended the task or its workflow. */
    ended,
    /** @brief Another worker holds the task. */
    moved_on,
};

/** @brief Which payload is kept outside of the server. */
enum class payload_use {
    /** @brief A task's input was read. */
    input_read,
    /** @brief What an earlier claim left as a task's output was read. */
    output_read,
    /** @brief A task's output was written. */
    output_written,
};

/** @brief What a runtime tells its observer. What events refer to lives only as long as the call.
 */
namespace events {

/** @brief A poll was answered. */
struct polled {
    /** @brief The task type. */
    std::string_view type;
    /** @brief The domain, empty for none. */
    std::string_view domain{};
    /** @brief How many tasks it brought. */
    std::size_t tasks = 0;
    /** @brief From sending to the answer. */
    std::chrono::nanoseconds took{0};
};

/** @brief A poll failed. */
struct poll_failed {
    /** @brief The task type. */
    std::string_view type;
    /** @brief The domain, empty for none. */
    std::string_view domain{};
    /** @brief Why. */
    failure const& error;
    /** @brief How long the next poll of the type waits. */
    std::chrono::milliseconds delay{0};
    /** @brief From sending to the failure. */
    std::chrono::nanoseconds took{0};
};

/** @brief A task type begins to be held back from polling; told once until it is polled again. */
struct poll_held {
    /** @brief The task type. */
    std::string_view type;
    /** @brief The domain, empty for none. */
    std::string_view domain{};
    /** @brief Why. */
    poll_hold reason = poll_hold::no_free_slot;
};

/** @brief A handler begins. */
struct started {
    /** @brief Its task. */
    conductor::task const& task;
    /** @brief How long the call took that brought the task. */
    std::chrono::nanoseconds claim_took{0};
};

/** @brief A handler has ended. */
struct finished {
    /** @brief Its task. */
    conductor::task const& task;
    /** @brief How. */
    task_result const& outcome;
    /** @brief How long it ran. */
    std::chrono::nanoseconds took{0};
};

/** @brief A payload too large for the server came from external payload storage, or went there. */
struct payload_external {
    /** @brief The task. */
    conductor::task const& task;
    /** @brief Which. */
    payload_use use = payload_use::input_read;
};

/** @brief The server has taken a result. */
struct updated {
    /** @brief The result. */
    task_update const& update;
    /** @brief The attempt that succeeded, from sending to the answer. */
    std::chrono::nanoseconds took{0};
};

/** @brief A result could not be delivered yet. */
struct update_failed {
    /** @brief The result. */
    task_update const& update;
    /** @brief Why. */
    failure const& error;
    /** @brief How long the next attempt waits. */
    std::chrono::milliseconds delay{0};
    /** @brief The attempt, from sending to the failure. */
    std::chrono::nanoseconds took{0};
};

/** @brief A result will not be delivered: the server refused it for good, had ended the task
 *  before, or the runtime stopped before it could be delivered. */
struct update_lost {
    /** @brief The result. */
    task_update const& update;
    /** @brief Why. */
    failure const& error;
};

/** @brief A result is in the outbox now; its slot is free. */
struct stored {
    /** @brief The result. */
    task_update const& update;
};

/** @brief A claimed task goes back to the server unrun, since the runtime stops or has no slot. */
struct given_back {
    /** @brief The task. */
    conductor::task const& task;
};

/** @brief The server handed out a task that is in flight here, or an answer came so late that its
 *  claim had gone back; the copy was dropped. */
struct duplicate_dropped {
    /** @brief The copy. */
    conductor::task const& task;
};

/** @brief A task that had been claimed in our name, and whose claim was lost, was given back. */
struct recovered {
    /** @brief The task. */
    conductor::task const& task;
};

/** @brief Lost claims cannot be looked for. */
struct recovery_unavailable {
    /** @brief Why. */
    std::string_view why;
};

/** @brief The server will wait for the task's result for another response timeout. */
struct lease_extended {
    /** @brief The task. */
    conductor::task const& task;
    /** @brief The beat, from reading the task to the answer. */
    std::chrono::nanoseconds took{0};
};

/** @brief A lease could not be extended yet; it is tried again soon. */
struct lease_failed {
    /** @brief The task. */
    conductor::task const& task;
    /** @brief Why. */
    failure const& error;
};

/** @brief A task is no longer ours; its handler was asked to end. */
struct cancelled {
    /** @brief The task. */
    conductor::task const& task;
    /** @brief Why. */
    cancel_reason reason = cancel_reason::ended;
};

/** @brief A task type's handler failed so often in a row that polling it rests. */
struct braked {
    /** @brief The task type. */
    std::string_view type;
    /** @brief Failures in a row. */
    std::size_t failures = 0;
    /** @brief For how long. */
    std::chrono::milliseconds rest{0};
};

/** @brief The server failed so often in a row that all task types wait. */
struct circuit_opened {
    /** @brief The last failure. */
    failure const& error;
    /** @brief Until one poll tries it again. */
    std::chrono::milliseconds delay{0};
};

/** @brief The server answers again. */
struct circuit_closed {};

/** @brief A poller has neither succeeded nor failed for too long; it was begun anew. */
struct poller_stalled {
    /** @brief The task type. */
    std::string_view type;
    /** @brief The domain, empty for none. */
    std::string_view domain{};
    /** @brief Since its last attempt began. */
    std::chrono::nanoseconds age{0};
};

/** @brief A coroutine handler held the runtime's thread for long (over 100 ms). */
struct loop_held {
    /** @brief The task type. */
    std::string_view type;
    /** @brief For how long. */
    std::chrono::nanoseconds held{0};
};

/** @brief The runtime begins to drain. */
struct draining {
    /** @brief Handlers that run. */
    std::size_t running = 0;
};

}  // namespace events

}  // namespace conductor
