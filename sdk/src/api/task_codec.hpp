#pragma once

#include "api/known_values.hpp"

#include <conductor/error.hpp>
#include <conductor/task.hpp>
#include <conductor/task_api.hpp>
#include <conductor/task_client.hpp>

#include <boost/json/object.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::api {

/** @brief Reads the answer of a batch poll: a list, or nothing at all. */
result<std::vector<task>> parse_tasks(std::string answer, known_values& known);

/** @brief Reads the answer of a search. */
result<std::vector<task>> parse_hits(std::string_view body);
/** @brief Reads the answer to a search for summaries: tasks of which no more is known than their
 *  ids, their type and their status. */
result<std::vector<task>> parse_summaries(std::string_view body);

/** @brief Reads a single task; none for an empty body. */
result<std::optional<task>> parse_task(std::string answer, known_values& known);

/** @brief Where a payload is kept outside of the server. */
struct storage_location {
    /** @brief Where to read it from, or to write it to; may hold a signature. */
    std::string uri;
    /** @brief What a task calls it. */
    std::string path;
};

/** @brief Reads where a payload is kept; an error where the server names no address. */
result<storage_location> parse_location(std::string_view body);

/** @brief Reads a payload that was kept outside of the server. */
result<boost::json::object> parse_payload(std::string_view body);

/** @brief Reads a task's log. */
result<std::vector<task_log>> parse_logs(std::string_view body);

/** @brief Reads how many tasks wait in each queue. */
result<std::map<std::string, std::int64_t>> parse_sizes(std::string_view body);

/** @brief Reads who polled last: a list, or an object that holds it as `pollData`. What names no
 *  queue is left out. */
result<std::vector<poll_data>> parse_poll_data(std::string_view body);

/** @brief Writes a `TaskResult`. */
std::string write_update(task_update const& update);

/** @brief Writes the `TaskResult` that extends a lease. */
std::string write_lease(lease_request const& lease);

}  // namespace conductor::api
