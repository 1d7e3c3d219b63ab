#pragma once

#include <conductor/environment.hpp>
#include <conductor/task.hpp>
#include <conductor/task_result.hpp>
#include <conductor/worker.hpp>

#include <boost/json/object.hpp>

#include <chrono>
#include <concepts>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace conductor::test {

/** @brief What a handler is given beside its task. */
struct run_options {
    /** @brief `task_context::stop_token()`; one that never fires by default. */
    std::stop_token stop{};
    /** @brief Where its time comes from; the system's clock by default. */
    std::shared_ptr<conductor::clock> clock{};
    /** @brief How long a coroutine may take, in real time. A blocking handler may take any time. */
    std::chrono::milliseconds time_max{std::chrono::seconds{20}};
    /** @brief Takes the lines that it logs; none to drop them. It must outlive the call. */
    std::vector<std::string>* log = nullptr;
};

/** @brief A task as a server would hand it out for the first time.
 *
 *  @param type   `taskType`, and `referenceTaskName`.
 *  @param input  `inputData`.
 *  @param more   Members of the server's JSON to add or replace, such as `retryCount`,
 *                `responseTimeoutSeconds` or, for a task that comes back, `outputData`. */
task make_task(std::string const& type, boost::json::object input = {},
               boost::json::object const& more = {});

/** @brief Runs a handler on one task, without a server, and gives what would be reported of it.
 *
 *  As in the runtime, an exception fails the task. A blocking handler runs on the calling thread,
 *  a coroutine on a loop of its own: it may wait, for timers too, and may use the executor that it
 *  runs on.
 *  @code
 *  auto const result = run_handler(greet, make_task("greet", {{"name", "Ada"}}));
 *  EXPECT_EQ(result, task_result::completed({{"text", "Hello Ada"}}));
 *  @endcode
 *  @throws std::runtime_error when a coroutine has not ended within `run_options::time_max`, or
 *          waits for what can never come. */
task_result run_handler(handler const& handler, task const& task, run_options const& options = {});

/** @brief Runs a worker's handler on one task. */
task_result run_handler(worker const& worker, task const& task, run_options const& options = {});

/** @brief Runs a function that `make_handler` takes on one task. */
template <class Function>
    requires(!std::convertible_to<Function const&, worker const&> &&
             !std::same_as<Function, handler>)
task_result run_handler(Function function, task const& task, run_options const& options = {}) {
    return run_handler(make_handler(std::move(function)), task, options);
}

}  // namespace conductor::test
