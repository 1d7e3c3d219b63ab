#pragma once

#include <conductor/rest_client.hpp>
#include <conductor/task_api.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace conductor {

namespace api {
class known_values;
}

/** @brief Who polled a queue last.
 *  @par Source  Conductor `PollData`. */
struct poll_data {
    /** @brief The task type. */
    std::string type{};
    /** @brief The domain; empty for none. */
    std::string domain{};
    /** @brief The worker. */
    std::string worker_id{};
    /** @brief When. */
    std::chrono::system_clock::time_point polled{};

    friend bool operator==(poll_data const&, poll_data const&) = default;
};

/** @brief The server's task calls over HTTP: what the runtime uses, and for direct use.
 *
 *  @par Errors  `rest_client::call_json`'s. */
class task_client final : public task_api {
public:
    /** @brief A client over a shared connection to the server. */
    explicit task_client(std::shared_ptr<rest_client> rest);

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

    /** @brief Reads a task's log. */
    awaitable<result<std::vector<task_log>>> logs(std::string task_id);
    /** @brief How many tasks wait for a worker, by queue; zero for a queue that is not known.
     *  @param queues  A task type each, or `DOMAIN:TYPE` for what waits in a domain.
     *  @par Source  Conductor `TaskResource.size`, `QueueUtils.getQueueName`. */
    awaitable<result<std::map<std::string, std::int64_t>>> queue_sizes(
        std::vector<std::string> queues);
    /** @brief Who polled the queues that the server knows last.
     *  @par Source  Conductor `TaskResource.getAllPollData` gives a list; Orkes has that list in
     *  the member `pollData` of an object. */
    awaitable<result<std::vector<poll_data>>> all_poll_data();

private:
    std::shared_ptr<rest_client> rest_;
    std::shared_ptr<api::known_values> known_;
};

}  // namespace conductor
