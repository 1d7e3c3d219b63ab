#pragma once

#include "answer_queue.hpp"

#include <conductor/task_api.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace conductor::test {

/** @brief Which function of `task_api`. */
enum class call_kind {
    poll,
    update,
    update_and_poll,
    extend_lease,
    search,
    log,
    get,
    fetch_input,
    fetch_output,
    store_output
};

/** @brief One call of a `task_api`. */
struct api_call {
    /** @brief Which function. */
    call_kind kind;
    /** @brief What was asked for, by `poll`. */
    poll_request poll{};
    /** @brief What was reported, by `update` and `update_and_poll`. */
    task_update update{};
    /** @brief What was looked for, by `search`. */
    search_request search{};
    /** @brief Which task, by `extend_lease`, `log` and `get`. */
    std::string task_id{};
    /** @brief The line, by `log`; the path, by `fetch_input` and `fetch_output`; the output, by
     * `store_output`. */
    std::string text{};
};

/** @brief A server of which the test decides every answer.
 *
 *  Unscripted, a poll and `get` stay under way until their answers are scripted, `update`,
 *  `extend_lease` and `log` succeed, `update_and_poll` brings no task, `search` finds none, and
 *  there is no external payload storage.
 *  @par Threads  The functions of `task_api` on the executor's thread, the rest anywhere. */
class scripted_task_api final : public task_api {
public:
    /** @brief With an empty script. */
    explicit scripted_task_api(boost::asio::any_io_executor executor);

    awaitable<result<std::vector<task>>> poll(poll_request request) override;
    awaitable<result<void>> update(task_update const& update) override;
    awaitable<result<std::optional<task>>> update_and_poll(task_update const& update) override;
    awaitable<result<void>> extend_lease(lease_request request) override;
    awaitable<result<std::vector<task>>> search(search_request request) override;
    awaitable<result<void>> log(std::string task_id, std::string text) override;
    awaitable<result<task>> get(std::string task_id) override;
    awaitable<result<boost::json::object>> fetch_input(std::string path) override;
    awaitable<result<boost::json::object>> fetch_output(std::string path) override;
    awaitable<result<std::string>> store_output(std::string output) override;

    /** @brief Answers of `poll`. */
    answer_queue<result<std::vector<task>>> polls;
    /** @brief Answers of `update`. */
    answer_queue<result<void>> updates;
    /** @brief Answers of `update_and_poll`. */
    answer_queue<result<std::optional<task>>> updates_and_polls;
    /** @brief Answers of `extend_lease`. */
    answer_queue<result<void>> leases;
    /** @brief Answers of `search`. */
    answer_queue<result<std::vector<task>>> searches;
    /** @brief Answers of `log`. */
    answer_queue<result<void>> logs;
    /** @brief Answers of `get`. */
    answer_queue<result<task>> gets;
    /** @brief Answers of `fetch_input`. */
    answer_queue<result<boost::json::object>> inputs;
    /** @brief Answers of `fetch_output`. */
    answer_queue<result<boost::json::object>> earlier_outputs;
    /** @brief Answers of `store_output`. */
    answer_queue<result<std::string>> outputs;

    /** @brief All calls so far. */
    std::vector<api_call> calls() const;
    /** @brief All calls of a kind so far. */
    std::vector<api_call> calls(call_kind kind) const;
    /** @brief Waits for calls of a kind; false when the time limit of tests was reached. */
    bool wait_for(call_kind kind, std::size_t count = 1) const;

private:
    void add(api_call call);

    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::vector<api_call> calls_;
};

/** @brief A claimed task as the server sends it.
 *  @param extra  Members beside ids, type and status, or in their place. */
task make_task(std::string const& type, std::string const& id, boost::json::object extra = {});

}  // namespace conductor::test
