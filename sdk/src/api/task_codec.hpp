#pragma once

#include <conductor/error.hpp>
#include <conductor/task.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::api {

/** @brief Reads the answer of a batch poll: a list, or nothing at all. */
result<std::vector<task>> parse_tasks(std::string_view body);

/** @brief Reads a single task; none for an empty body. */
result<std::optional<task>> parse_task(std::string_view body);

/** @brief Reads a task's log. */
result<std::vector<task_log>> parse_logs(std::string_view body);

/** @brief Writes a `TaskResult`. */
std::string write_update(task_update const& update);

}  // namespace conductor::api
