#pragma once

#include "base/executor_gate.hpp"
#include "runtime/poll_policy.hpp"
#include "runtime/slots.hpp"
#include "runtime/stop_state.hpp"
#include "runtime/update_policy.hpp"

#include <conductor/runtime.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

namespace conductor::runtime_detail {

/** @brief What the runtime knows of one task type in one domain. */
struct worker_state {
    /** @brief For a worker; `wake` ends the poll loop's wait when a slot becomes free. */
    worker_state(worker served, boost::asio::any_io_executor for_coroutines,
                 std::unique_ptr<timer> wake_timer, backoff_options poll_backoff)
        : definition(std::make_shared<conductor::worker const>(std::move(served))),
          coroutine_executor(std::move(for_coroutines)),
          wake(std::move(wake_timer)),
          free_slots(definition->options.slots, [timer = wake.get()] { timer->wake(); }),
          polling(definition->options, poll_backoff) {}

    /** @brief Type, handler, options. Shared with the runs of the handler. */
    std::shared_ptr<conductor::worker const> definition;
    /** @brief Where its coroutine handlers run: the event loop, watched. */
    boost::asio::any_io_executor coroutine_executor;
    /** @brief What the poll loop waits on. */
    std::unique_ptr<timer> wake;
    /** @brief Free and taken slots. */
    slots free_slots;
    /** @brief When to poll. */
    poll_policy polling;
    /** @brief The last `update-v2` brought a task, or the last poll was full. */
    bool backlog = false;
};

/** @brief What a handler works on. Shared by the event loop and a blocking handler's thread: it may
 *  outlive the loop with a handler that was abandoned, so nothing in it belongs to the loop. */
struct task_run {
    /** @brief A claimed task and what its handler is given. */
    task_run(std::shared_ptr<conductor::worker const> served, task from_server,
             std::stop_token stop, std::optional<time_point> deadline, std::shared_ptr<clock> clock)
        : definition(std::move(served)),
          claimed(std::move(from_server)),
          context(claimed, std::move(stop), deadline, std::move(clock)) {}

    /** @brief Its handler. */
    std::shared_ptr<conductor::worker const> definition;
    /** @brief The task. */
    task const claimed;
    /** @brief What the handler is given beside it. */
    task_context context;
};

/** @brief All state of a running runtime. Its coroutines hold it together: frames that are left in
 *  the event loop when it is destroyed still find what they refer to. */
struct core {
    /** @brief Where everything runs. */
    boost::asio::any_io_executor executor;
    /** @brief Clock, chance, handler threads. */
    conductor::environment environment;
    /** @brief As given. */
    runtime_options options;
    /** @brief Told of everything; never null. */
    std::shared_ptr<runtime_observer> observer{};
    /** @brief The server. */
    std::shared_ptr<task_api> api{};
    /** @brief How handler threads reach the event loop. */
    std::shared_ptr<base::executor_gate> gate{};
    /** @brief Task types. */
    std::vector<std::shared_ptr<worker_state>> workers{};
    /** @brief The stop request. */
    stop_state stop{};
    /** @brief What is known of `update-v2`. */
    update_v2_support v2{};
    /** @brief What the supervisor waits on. */
    std::unique_ptr<timer> supervisor{};
    /** @brief Coroutines under way: poll loops and tasks. */
    std::size_t active = 0;
    /** @brief Handlers that have begun and not ended. */
    std::size_t running_handlers = 0;
    /** @brief Results that are not delivered yet. */
    std::size_t pending_updates = 0;

    /** @brief Monotonic time. */
    time_point now() const { return environment.clock->now(); }
    /** @brief A random number of [0, 1). */
    double chance() const { return environment.random->unit(); }
};

/** @brief Starts a coroutine that counts as active. An exception out of it ends `run()`. */
void spawn(std::shared_ptr<core> const& core, awaitable<void> coroutine);

/** @brief Polls one task type until the runtime drains. */
awaitable<void> poll_loop(std::shared_ptr<core> core, std::shared_ptr<worker_state> worker);

/** @brief Runs a task, reports it, and goes on with the tasks that the reports bring. */
awaitable<void> run_tasks(std::shared_ptr<core> core, std::shared_ptr<worker_state> worker,
                          task first, slots::permit permit);

/** @brief Runs a task's handler; whatever it does becomes one of the four outcomes.
 *  @param on  Where coroutines run. */
awaitable<task_result> run_handler(std::shared_ptr<core> core, std::shared_ptr<task_run> run,
                                   boost::asio::any_io_executor on);

/** @brief Delivers a result, repeating it where that can help.
 *  @param backlog  More tasks are waiting, as far as is known; updated.
 *  @return The next task, if the delivery brought one. */
awaitable<std::optional<task>> deliver(std::shared_ptr<core> core, task_update const& update,
                                       bool& backlog);

/** @brief Gives a claimed task back to the server, to be handed out again at once, with the output
 *  that it had. */
awaitable<void> give_back(std::shared_ptr<core> core, task task);

}  // namespace conductor::runtime_detail
