#pragma once

#include <conductor/rest_client.hpp>

#include <boost/json/object.hpp>

#include <memory>
#include <optional>
#include <string>

namespace conductor {

/** @brief Reads and writes schedules: the server's JSON objects themselves.
 *
 *  @par Errors  `rest_client::call_json`'s.
 *  @par Source  Conductor `SchedulerResource`. */
class scheduler_client {
public:
    /** @brief A client over a shared connection to the server. */
    explicit scheduler_client(std::shared_ptr<rest_client> rest);

    /** @brief Reads a schedule; none if there is none of that name. */
    awaitable<result<std::optional<boost::json::object>>> get(std::string name);
    /** @brief Creates or replaces a schedule. */
    awaitable<result<void>> put(boost::json::object schedule);
    /** @brief Deletes a schedule. */
    awaitable<result<void>> remove(std::string name);
    /** @brief Keeps a schedule from firing until `resume()`.
     *  @par Source  Conductor takes PUT, older clusters of Orkes take GET alone: PUT is sent, and
     *  GET when that is answered by 405. */
    awaitable<result<void>> pause(std::string name);
    /** @brief Lets a paused schedule fire again. */
    awaitable<result<void>> resume(std::string name);

private:
    std::shared_ptr<rest_client> rest_;
};

}  // namespace conductor
