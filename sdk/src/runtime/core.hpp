#pragma once

#include "base/executor_gate.hpp"
#include "runtime/brake.hpp"
#include "runtime/flights.hpp"
#include "runtime/poll_scheduler.hpp"
#include "runtime/recovery_policy.hpp"
#include "runtime/stop_state.hpp"
#include "runtime/update_policy.hpp"

#include <conductor/runtime.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace conductor::runtime_detail {

/** @brief What the runtime knows of one task type in one domain. */
struct worker_state {
    /** @brief Type, handler, options. Shared with the runs of the handler. */
    std::shared_ptr<conductor::worker const> definition;
    /** @brief Where its coroutine handlers run: the event loop, watched. */
    boost::asio::any_io_executor coroutine_executor;
    /** @brief Its number in the scheduler. */
    std::size_t number = 0;
    /** @brief Threads that are set aside for its handler. */
    std::size_t threads = 0;
    /** @brief Its handler's failures in a row. */
    runtime_detail::brake brake;
    /** @brief When it was last polled with success. */
    std::optional<time_point> poll_succeeded{};
    /** @brief When a poll of it last began. */
    std::optional<time_point> poll_began{};
    /** @brief Reports under way that ask for a next task. */
    std::size_t chaining = 0;
    /** @brief The gate kept it from being polled the last time. */
    bool gated = false;
};

/** @brief A task that the server has handed out. */
struct claim {
    /** @brief The task. */
    conductor::task task;
    /** @brief When the call was sent that brought it: the server has claimed it since. */
    time_point sent;
    /** @brief When the server claimed it, most likely: a long poll waits until there is a task. */
    time_point at;
    /** @brief How long the call took that brought it. */
    std::chrono::nanoseconds took{0};
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
    /** @brief Who we are to the server: unique to this process. */
    std::string worker_id{};
    /** @brief The worker id was used before, by a process that is gone. */
    bool is_successor = false;
    /** @brief Told of everything; never null. */
    std::shared_ptr<runtime_observer> observer{};
    /** @brief The server. */
    std::shared_ptr<task_api> api{};
    /** @brief How handler threads reach the event loop. */
    std::shared_ptr<base::executor_gate> gate{};
    /** @brief Task types; the scheduler knows them by their place here. */
    std::vector<std::shared_ptr<worker_state>> workers{};
    /** @brief Who is polled when. */
    poll_scheduler polls;
    /** @brief Tasks that are ours. */
    flights in_flight{};
    /** @brief When to look for lost claims. */
    recovery_policy recovery{};
    /** @brief The stop request. */
    stop_state stop{};
    /** @brief What is known of `update-v2`. */
    update_v2_support v2{};
    /** @brief What the supervisor waits on. */
    std::unique_ptr<timer> supervisor{};
    /** @brief What the dispatcher of polls waits on. */
    std::unique_ptr<timer> dispatcher{};
    /** @brief What the keeper of leases waits on, and until when. */
    std::unique_ptr<timer> lease_keeper{};
    /** @brief See `lease_keeper`. */
    time_point lease_keeper_until{};
    /** @brief What the search for lost claims waits on. */
    std::unique_ptr<timer> recoverer{};
    /** @brief Coroutines under way that the stop waits for: polls and tasks. */
    std::size_t active = 0;
    /** @brief Handlers that have begun and not ended. */
    std::size_t running_handlers = 0;
    /** @brief Results that are neither delivered nor in the outbox yet. */
    std::size_t pending_updates = 0;
    /** @brief Results that are in the outbox, and not delivered yet. */
    std::size_t stored_updates = 0;
    /** @brief The outbox could not take the last result that it was given: a disk that is full, or
     *  has become read-only. Until it takes one, or all are delivered without it. */
    bool outbox_fails = false;

    /** @brief Monotonic time. */
    time_point now() const { return environment.clock->now(); }
    /** @brief A random number of [0, 1). */
    double chance() const { return environment.random->unit(); }
    /** @brief Tells the observer. */
    void tell(runtime_event const& event) const { observer->on(event); }
};

/** @brief A taken slot; free again when it is destroyed. It travels with the task. */
class slot {
public:
    /** @brief Takes one. */
    slot(core& owner, std::size_t worker) : owner_(&owner), worker_(worker) {
        owner.polls.taken(worker, owner.now());
    }
    slot(slot&& other) noexcept
        : owner_(std::exchange(other.owner_, nullptr)), worker_(other.worker_) {}
    slot& operator=(slot&&) = delete;
    ~slot() {
        if (owner_ == nullptr) return;
        owner_->polls.freed(worker_, owner_->now());
        owner_->dispatcher->wake();
    }

private:
    core* owner_;
    std::size_t worker_;
};

/** @brief A part of a coroutine that the stop waits for, in one that it does not wait for. */
class activity {
public:
    /** @brief Begins it. */
    explicit activity(core& owner) : owner_(owner) { ++owner_.active; }
    activity(activity const&) = delete;
    activity& operator=(activity const&) = delete;
    ~activity() {
        if (--owner_.active == 0) owner_.supervisor->wake();
    }

private:
    core& owner_;
};

/** @brief Starts a coroutine that counts as active. An exception out of it ends `run()`. */
void spawn(std::shared_ptr<core> const& core, awaitable<void> coroutine);

/** @brief Starts a coroutine that the stop does not wait for. */
void spawn_detached(std::shared_ptr<core> const& core, awaitable<void> coroutine);

/** @brief Sends polls as the scheduler says, until the runtime drains. */
awaitable<void> dispatch_polls(std::shared_ptr<core> core);

/** @brief Runs a task, reports it, and goes on with the tasks that the reports bring. */
awaitable<void> run_tasks(std::shared_ptr<core> core, std::shared_ptr<worker_state> worker,
                          claim first, slot taken);

/** @brief Whether a claimed task runs already: then it is dropped, and said so. */
bool is_duplicate(core& core, task const& claimed);

/** @brief A later claim takes the task's place: the result of the earlier one has arrived, if it
 *  handed the task back, or will not be taken any more. */
void give_way(flight& earlier);

/** @brief Runs a task's handler; whatever it does becomes one of the four outcomes.
 *  @param on  Where coroutines run. */
awaitable<task_result> run_handler(std::shared_ptr<core> core, std::shared_ptr<task_run> run,
                                   boost::asio::any_io_executor on);

/** @brief Takes off with a claimed task: from now on its lease is kept.
 *  @param options  Of its type.
 *  @param sent     When the call was sent that claimed it. */
std::shared_ptr<flight> take_off(core& core, std::shared_ptr<task const> claimed,
                                 worker_options const& options, time_point sent);

/** @brief Delivers a result, or puts it into the outbox, from where it is delivered.
 *  @return The next task, if the delivery brought one. */
awaitable<std::optional<claim>> deliver(std::shared_ptr<core> core, std::shared_ptr<flight> flight,
                                        std::shared_ptr<worker_state> worker, task_update update);

/** @brief Gives a claimed task back to the server, to be handed out again at once, with the output
 *  that it had. */
awaitable<void> give_back(std::shared_ptr<core> core, std::shared_ptr<worker_state> worker,
                          std::shared_ptr<flight> flight);

/** @brief Gives it back without a word. */
awaitable<void> return_task(std::shared_ptr<core> core, std::shared_ptr<worker_state> worker,
                            std::shared_ptr<flight> flight);

/** @brief Takes over what an earlier process left in the outbox, and begins to deliver it. */
awaitable<void> replay_outbox(std::shared_ptr<core> core);

/** @brief Waits until no call about the task is under way, then begins one. */
awaitable<void> take_turn(std::shared_ptr<core> core, std::shared_ptr<flight> flight);

/** @brief Ends the call that `take_turn` began. */
void end_turn(core& core, flight& flight);

/** @brief Extends leases, and asks handlers of tasks that are no longer ours to end. */
awaitable<void> keep_leases(std::shared_ptr<core> core);

/** @brief Looks for claims whose answers were lost, and gives their tasks back. */
awaitable<void> recover_claims(std::shared_ptr<core> core);

}  // namespace conductor::runtime_detail
