#pragma once

#include "conductor/server_state.hpp"
#include "fake_http_server.hpp"

#include <conductor/testing/queued_task.hpp>

#include <boost/json/object.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::test {

/** @brief How a `fake_conductor` behaves. */
struct fake_conductor_options {
    /** @brief Whether delays of callbacks and retries are waited for, in real time. */
    bool honour_delays = true;
    /** @brief What it answers to `update-v2` when it does not know the call; zero when it does. */
    int update_v2_status = 0;
    /** @brief Access key; empty for a server without authentication, as the open-source one. */
    std::string auth_key{};
    /** @brief Access secret. */
    std::string auth_secret{};
    /** @brief How long its tokens say that they live. */
    std::chrono::seconds token_lifetime{3600};
    /** @brief Whose side it speaks. */
    dialect speech{};
    /** @brief How it treats connections. */
    fake_http_server_options http{};
};

/** @brief A Conductor server in memory, reached over real sockets.
 *
 *  It knows what workers and our clients need: polls with the SQL queues' long-poll trap, both
 *  update calls, leases, the task search, logs, definitions, schedules, and workflows of SIMPLE
 *  tasks in sequence. The conformance tests hold it to the real server; where it speaks Orkes'
 *  side, it does what Orkes' documents say.
 *  @par Threads  Any. */
class fake_conductor {
public:
    /** @brief Starts it. */
    explicit fake_conductor(fake_conductor_options options = {});
    ~fake_conductor();

    /** @brief Base address of the API, for `client_options::server_url`. */
    std::string url() const;
    /** @brief The HTTP server below it, for scripted faults. */
    fake_http_server& http() { return *server_; }

    /** @brief Queues a task in a workflow of its own, and gives its id. */
    std::string enqueue(queued_task task);
    /** @brief Writes a task definition. */
    void define_task(boost::json::object definition);
    /** @brief Keeps a secret for the tasks whose definition names it in `runtimeMetadata`. */
    void keep_secret(std::string const& name, std::string value);
    /** @brief Refuses all tokens so far, as expired or invalid. */
    void revoke_tokens(token_fault fault);
    /** @brief Somebody pauses the access key: neither it nor its tokens are taken. */
    void pause_key();
    /** @brief Somebody lets the access key go on. */
    void resume_key();
    /** @brief The server is upgraded: it knows `update-v2` from now on. */
    void upgrade();

    /** @brief A task as it is now. */
    boost::json::object task(std::string const& id) const;
    /** @brief A task as it is now; none if there is none. */
    std::optional<boost::json::object> find_task(std::string const& id) const;
    /** @brief Waits until a task has ended, well or not; false at the limit. */
    bool wait_for_end(std::string const& id, std::chrono::milliseconds limit) const;
    /** @brief Waits for a task's status; false when the time limit of tests was reached. */
    bool wait_for_status(std::string const& id, std::string_view status) const;
    /** @brief Waits until all these tasks have this status; false at the time limit. */
    bool wait_for_statuses(std::vector<std::string> const& ids, std::string_view status) const;
    /** @brief Waits until there were `count` updates; false at the time limit. */
    bool wait_for_updates(std::size_t count) const;
    /** @brief All updates so far. */
    std::vector<received_update> updates() const;
    /** @brief A task's log. */
    std::vector<std::string> log_of(std::string const& task_id) const;
    /** @brief The execution that a task belongs to, with all its tasks. */
    boost::json::object workflow_of(std::string const& task_id) const;
    /** @brief The largest number of tasks of a type that were claimed at once. */
    std::size_t claimed_max(std::string const& type) const;
    /** @brief How many tokens were issued. */
    std::size_t tokens_issued() const;

private:
    awaitable<http_answer> respond(http_request request);
    awaitable<http_answer> poll_batch(http_request request, std::string type);
    awaitable<http_answer> update_and_poll(http_request request);
    awaitable<boost::json::array> claim(claim_request wanted, std::chrono::milliseconds wait);
    boost::json::array as_polled(boost::json::array tasks) const;
    std::optional<http_answer> refuse(http_request const& request) const;
    std::optional<claim_request> next_claim(boost::json::value const& update) const;
    void notify();

    fake_conductor_options options_;
    std::unique_ptr<server_state> state_;
    std::unique_ptr<fake_http_server> server_;
    coroutine_event changed_;
};

}  // namespace conductor::test
