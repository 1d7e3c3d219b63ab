#pragma once

#include <conductor/backoff.hpp>
#include <conductor/client_options.hpp>
#include <conductor/environment.hpp>
#include <conductor/observer.hpp>
#include <conductor/outbox.hpp>
#include <conductor/rest_client.hpp>
#include <conductor/runtime_status.hpp>
#include <conductor/task_api.hpp>
#include <conductor/worker.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

namespace conductor {

/** @brief How the runtime behaves as a whole. */
struct runtime_options {
    /** @brief Named in every claim, with a part of its own for each process that makes it unique;
     *  empty for the host name. */
    std::string worker_id{};
    /** @brief Where the unique part of the worker id is kept, so that a process that is started
     *  again knows the tasks that it had claimed; empty for a new id each time. One process uses
     *  it at a time; a second one gets a new id. Processes that share a folder serve the same task
     *  types: who takes over an id looks for lost claims of its own types. The folder must exist.
     */
    std::filesystem::path state_dir{};
    /** @brief Tasks in flight over all types; zero for no limit but the types' own slots. */
    std::size_t in_flight_max = 0;
    /** @brief Asked before each poll, on the runtime's thread; false leaves the poll out. Called
     *  with the task type and the domain. None to poll always. */
    std::function<bool(std::string_view, std::string_view)> poll_gate{};
    /** @brief A poll that has not ended for so long is given up, and another begun. */
    std::chrono::milliseconds poll_time_max{std::chrono::minutes{3}};
    /** @brief Keeps results that the server has not taken; none to keep them in memory alone. */
    std::shared_ptr<conductor::outbox> outbox{};
    /** @brief When results go through the outbox. */
    conductor::outbox_mode outbox_mode = conductor::outbox_mode::on_failure;
    /** @brief A larger output ends its task with FAILED_WITH_TERMINAL_ERROR. The server refuses
     *  outputs above 10 MB without an error. */
    std::size_t output_bytes_max = std::size_t{10} * 1024 * 1024;
    /** @brief How long running handlers may go on after `drain()`. Then their stop tokens fire. */
    std::chrono::milliseconds grace{std::chrono::seconds{25}};
    /** @brief How long handlers may take after their stop tokens have fired, and results to be
     *  delivered. Then they are abandoned. */
    std::chrono::milliseconds abort_grace{std::chrono::seconds{2}};
    /** @brief Waits between attempts to deliver a result. */
    backoff_options update_backoff{};
    /** @brief Waits after polls that failed. */
    backoff_options poll_backoff{std::chrono::milliseconds{100}, std::chrono::seconds{10}};
    /** @brief A result is not tried for longer; the server has then long taken the task back. */
    std::chrono::milliseconds update_time_max{std::chrono::hours{1}};
    /** @brief Told of everything; none for silence. */
    std::shared_ptr<runtime_observer> observer{};
};

/** @brief How a run ended. */
struct run_report {
    /** @brief Handlers that did not return in time; their threads go on, their tasks are lost to
     *  this process. */
    std::size_t abandoned_handlers = 0;
    /** @brief Results that could not be delivered before the end. */
    std::size_t lost_results = 0;
    /** @brief Results that are in the outbox, and will be delivered by the next process. */
    std::size_t stored_results = 0;

    /** @brief Nothing was lost. */
    bool clean() const { return abandoned_handlers == 0 && lost_results == 0; }

    friend bool operator==(run_report const&, run_report const&) = default;
};

/** @brief Polls the server for tasks, runs their handlers, reports the results.
 *
 *  One thread, the one that calls `run()`, does all I/O and owns all state. A task is claimed only
 *  with a free slot, and for a blocking handler with a free thread, so none waits in the process.
 *
 *  Stop has two stages. Drain: no new poll; what runs finishes and is reported; what was claimed
 *  but not begun is given back. After the grace, abort: the handlers' stop tokens fire, and tasks
 *  whose handlers return are given back with the output they had.
 *
 *  No result is dropped: it is sent until the server has taken it, has ended the task or given it
 *  to somebody else, and with an outbox that holds over a restart. The lease of a task that runs is
 *  extended; one that was cancelled fires its handler's stop token. Tasks that were claimed by a
 *  call whose answer was lost are looked for and given back.
 *  @par Threads  Functions say so where they may be called from any thread; the rest from one,
 *  before or in `run`.
 */
class runtime {
public:
    /** @brief A runtime against a server. Opens no connection yet.
     *  @throws config_error when the options cannot be used. */
    explicit runtime(client_options server, runtime_options options = {});
    /** @brief A runtime with everything injected.
     *  @param make_api  Makes the server's calls for the runtime's executor. */
    runtime(std::function<std::shared_ptr<task_api>(boost::asio::any_io_executor)> make_api,
            environment environment, runtime_options options = {});
    runtime(runtime const&) = delete;
    runtime& operator=(runtime const&) = delete;
    ~runtime();

    /** @brief Serves a task type; see `make_handler` for what a function may look like.
     *
     *  The environment's settings for the type win over `options`.
     *  @throws config_error for an empty type, a type in a domain that is served already, or no
     *  slots. */
    template <class Function>
    runtime& add(std::string type, Function function, worker_options options = {}) {
        return add(worker{std::move(type), make_handler(std::move(function)), std::move(options)});
    }
    /** @brief Serves a task type. */
    runtime& add(worker worker);

    /** @brief Runs until SIGTERM or SIGINT, then drains; a second signal aborts at once.
     *  @return 0 when nothing was left behind, else 1: an exit code. */
    int run();
    /** @brief Runs until `stop` is requested or `drain()` or `abort()` is called; touches no
     *  signal. A runtime runs once. */
    run_report run(std::stop_token stop);

    /** @brief First stage of the stop. Repeating it is harmless; before `run()` it makes `run()`
     *  return at once. From any thread. */
    void drain();
    /** @brief Second stage of the stop, at once. From any thread. */
    void abort();

    /** @brief Polls a type no more, in all its domains; what runs goes on. From any thread. */
    void pause(std::string type);
    /** @brief Polls a paused type again. From any thread. */
    void resume(std::string type);
    /** @brief A type has so many slots from now on, in all its domains; running tasks above the new
     *  number finish. From any thread. Zero pauses it. */
    void set_slots(std::string type, std::size_t slots);
    /** @brief What the runtime knows of itself. On the runtime's thread. */
    runtime_status status() const;

    /** @brief Where the runtime's coroutines run: for a handler's own clients and timers. */
    boost::asio::any_io_executor get_executor() const;
    /** @brief The connection to the server; none when everything was injected. */
    std::shared_ptr<rest_client> rest() const;

private:
    class implementation;
    std::unique_ptr<implementation> implementation_;
};

}  // namespace conductor
