#pragma once

#include <conductor/client_options.hpp>
#include <conductor/task.hpp>
#include <conductor/testing/queued_task.hpp>

#include <boost/json/object.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace conductor::test {

/** @brief How a `fake_server` behaves. */
struct fake_server_options {
    /** @brief Whether it waits, in real time, before it hands out a task that was to come back
     *  later (`task_result::call_back_after`) or is tried again. Tests rather do not wait. */
    bool honour_delays = false;
    /** @brief Whether it knows `update-v2`; else it answers 404, as older servers do. */
    bool knows_update_v2 = true;
    /** @brief Access key; empty for a server without authentication, as the open-source one. */
    std::string auth_key{};
    /** @brief Access secret. */
    std::string auth_secret{};
    /** @brief How long `wait_for_end()` waits. Reaching it should be a failed test, so it is
     *  generous. */
    std::chrono::milliseconds wait_max{std::chrono::seconds{20}};
};

/** @brief A Conductor server in the test's own process, on a port of 127.0.0.1 that the kernel
 *  chooses: a runtime polls it and reports to it over real sockets.
 *
 *  @code
 *  conductor::test::fake_server server;
 *  conductor::runtime runtime{server.client()};
 *  runtime.add("greet", greet);
 *  std::jthread const running{[&](std::stop_token stop) { runtime.run(stop); }};
 *
 *  auto const id = server.enqueue({.type = "greet", .input = {{"name", "Ada"}}});
 *  EXPECT_EQ(server.wait_for_end(id).output().at("text"), "Hello Ada");
 *  @endcode
 *
 *  It speaks what workers use, as the real server does: poll, batch poll, both updates, leases,
 *  logs, the task search, definitions and schedules, and workflows of SIMPLE tasks in sequence
 *  (through `metadata_client` and `workflow_client`). It knows no other kind of task, and ends no
 *  task that has timed out.
 *  @par Threads  Any; it has one of its own.
 *  @par Lifetime  Outlives the runtimes that poll it, else they see a server that has gone down. */
class fake_server {
public:
    /** @brief Starts it. */
    explicit fake_server(fake_server_options options = {});
    fake_server(fake_server const&) = delete;
    fake_server& operator=(fake_server const&) = delete;
    /** @brief Closes all connections and stops. */
    ~fake_server();

    /** @brief Base address of its API, such as `http://127.0.0.1:41234/api`. */
    std::string url() const;
    /** @brief Options of a runtime or a client of it; reads no environment. */
    client_options client() const;

    /** @brief Writes a task definition, as `POST /metadata/taskdefs` does: for `retryCount`,
     *  `responseTimeoutSeconds` and their like. Without one a failed task is tried again three
     *  times, as the real server does. */
    void define_task(boost::json::object definition);
    /** @brief Queues a task in a workflow of its own.
     *  @return Its id. */
    std::string enqueue(queued_task task);

    /** @brief A task as it is now.
     *  @throws std::invalid_argument when there is none of this id. */
    conductor::task task(std::string const& id) const;
    /** @brief Waits until a task has ended, well or not: `COMPLETED`, `FAILED`,
     *  `FAILED_WITH_TERMINAL_ERROR`. One that is tried again goes on as a task of another id.
     *  @return The task with its output, and its reason when it has failed.
     *  @throws std::runtime_error when it has not ended within `fake_server_options::wait_max`,
     *          saying how far it has come; std::invalid_argument when there is none of this id. */
    conductor::task wait_for_end(std::string const& id) const;
    /** @brief All attempts at a task that was tried again, in order, and whatever other tasks its
     *  workflow has.
     *  @throws std::invalid_argument when there is none of this id. */
    std::vector<conductor::task> workflow_of(std::string const& id) const;
    /** @brief The lines of a task's log that have arrived. */
    std::vector<std::string> log(std::string const& id) const;

private:
    class implementation;
    std::unique_ptr<implementation> implementation_;
};

}  // namespace conductor::test
