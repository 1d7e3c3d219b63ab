#pragma once

#include <conductor/detail/handler_traits.hpp>
#include <conductor/task_context.hpp>
#include <conductor/task_result.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace conductor {

/** @brief A handler that runs on a handler thread and may block. */
using blocking_handler = std::function<task_result(task const&, task_context&)>;

/** @brief A handler that is a coroutine on the runtime's thread and may not block. */
using coroutine_handler = std::function<awaitable<task_result>(task const&, task_context&)>;

/** @brief Either kind. */
using handler = std::variant<blocking_handler, coroutine_handler>;

/** @brief How one task type is served. */
struct worker_options {
    /** @brief Tasks of the type at once; the runtime never claims more. */
    std::size_t slots = 1;
    /** @brief Domain to poll; empty for none. */
    std::string domain{};
    /** @brief The shortest time between two polls that brought nothing. A type that had a task a
     *  moment ago is polled up to four times as often, unless many types are: a poll that the
     *  server holds finds a task late, since its queue is looked into once in 100 ms. */
    std::chrono::milliseconds poll_interval{100};
    /** @brief How long the server holds a poll when nothing is waiting; at most 5 s. With more than
     *  fifty types polls are held longer, so that all of them together ask about fifty times a
     *  second, and so are fewer with a shorter time here: a task that comes ends the wait. */
    std::chrono::milliseconds poll_timeout{1000};
    /** @brief The type's part of `runtime_options::in_flight_max`, beside the other types'. */
    double weight = 1.0;
    /** @brief Whether the type begins paused: not polled until `runtime::resume()`. */
    bool paused = false;
    /** @brief Whether the server is told in time that a task still runs, so that its response
     *  timeout does not end it. A task without a response timeout needs no lease. */
    bool lease = true;
    /** @brief The part of the response timeout after which the lease is extended. */
    double lease_threshold = 0.8;
    /** @brief How often a task that runs is read besides, to see whether it was cancelled; zero
     *  for no more often than its lease is extended. */
    std::chrono::milliseconds cancel_check{0};
    /** @brief So many failures of the handler in a row, and the type rests; zero for no limit. */
    std::size_t brake_after = 0;
    /** @brief How long it rests. */
    std::chrono::milliseconds brake_rest{std::chrono::minutes{1}};

    /** @brief These options with what the environment says for a task type, by the official names,
     *  such as `CONDUCTOR_WORKER_<TYPE>_THREAD_COUNT`. `read_worker_environment` in
     *  `worker_environment.hpp` has all names and their order, and tells which variable won.
     *
     *  @throws config_error naming the variable, when a value cannot be used. */
    worker_options with_environment(std::string const& type) const;

    friend bool operator==(worker_options const&, worker_options const&) = default;
};

/** @brief One task type and what runs its tasks. */
struct worker {
    /** @brief The task type. */
    std::string type;
    /** @brief What runs a task. */
    handler run;
    /** @brief How it is served. */
    worker_options options{};
};

/** @brief Makes a handler of a function.
 *
 *  The function takes a described struct, `boost::json::object const&`, `raw_json`, `task const&`
 *  or nothing, and optionally a `task_context&` after it. It returns `task_result`,
 *  `boost::json::object`, `raw_json`, a described struct, `void`, a `result<>` of these, or an
 * `awaitable<>` of any of these, which makes it a coroutine handler.
 *
 *  A described struct is read as `from_json` does: a missing or wrong member ends the task with
 *  FAILED_WITH_TERMINAL_ERROR, named by its JSON pointer. An exception or a `failure` ends the
 *  task with FAILED.
 *
 *  A blocking function runs on several threads at once when its type has several slots.
 */
template <class Function>
handler make_handler(Function function) {
    if constexpr (detail::function_shape<Function>::is_coroutine) {
        return coroutine_handler(
            [function = std::move(function)](task const& task, task_context& context) mutable {
                return detail::run_coroutine(function, task, context);
            });
    } else {
        return blocking_handler(
            [function = std::move(function)](task const& task, task_context& context) mutable {
                return detail::run_blocking(function, task, context);
            });
    }
}

}  // namespace conductor
