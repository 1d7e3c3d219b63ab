#pragma once

#include <conductor/error.hpp>
#include <conductor/task.hpp>
#include <conductor/task_api.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::api {

/** @brief Reads the answer of a batch poll: a list, or nothing at all. */
result<std::vector<task>> parse_tasks(std::string answer);

/** @brief Reads the answer of a search. */
result<std::vector<task>> parse_hits(std::string_view body);

/** @brief Reads a single task; none for an empty body. */
result<std::optional<task>> parse_task(std::string answer);

/** @brief Reads a task's log. */
result<std::vector<task_log>> parse_logs(std::string_view body);

/** @brief Writes a `TaskResult`. */
std::string write_update(task_update const& update);

/** @brief Writes the `TaskResult` that extends a lease. */
std::string write_lease(lease_request const& lease);

}  // namespace conductor::api
