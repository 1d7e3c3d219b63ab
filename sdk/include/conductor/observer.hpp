#pragma once

#include <conductor/error.hpp>
#include <conductor/task.hpp>
#include <conductor/task_result.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace conductor {

/** @brief Told of what the runtime does: logs, metrics and health hang on it.
 *
 *  Every function does nothing unless overridden; none may throw or block.
 *  @par Threads  The runtime's thread.
 */
class runtime_observer {
public:
    virtual ~runtime_observer() = default;
    /** @brief A poll was answered. */
    virtual void polled(std::string_view /*type*/, std::size_t /*tasks*/,
                        std::chrono::nanoseconds /*took*/) {}
    /** @brief A poll failed; the next one waits for `delay`. */
    virtual void poll_failed(std::string_view /*type*/, failure const& /*error*/,
                             std::chrono::milliseconds /*delay*/) {}
    /** @brief A handler begins. */
    virtual void started(task const& /*task*/) {}
    /** @brief A handler has ended. */
    virtual void finished(task const& /*task*/, task_result const& /*outcome*/,
                          std::chrono::nanoseconds /*took*/) {}
    /** @brief The server has taken a result. */
    virtual void updated(task_update const& /*update*/, std::chrono::nanoseconds /*took*/) {}
    /** @brief A result could not be delivered yet and is tried again after `delay`. */
    virtual void update_failed(task_update const& /*update*/, failure const& /*error*/,
                               std::chrono::milliseconds /*delay*/) {}
    /** @brief A result will not be delivered: the server refused it for good, or the runtime
     *  stopped before it could be. */
    virtual void update_lost(task_update const& /*update*/, failure const& /*error*/) {}
    /** @brief A claimed task goes back to the server unrun, since the runtime stops. */
    virtual void given_back(task const& /*task*/) {}
    /** @brief A coroutine handler held the runtime's thread for long (over 100 ms). */
    virtual void loop_held(std::string_view /*type*/, std::chrono::nanoseconds /*held*/) {}
    /** @brief The runtime begins to drain. */
    virtual void draining(std::size_t /*running*/) {}
};

}  // namespace conductor
