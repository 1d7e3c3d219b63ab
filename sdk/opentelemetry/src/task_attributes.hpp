#pragma once

#include "span.hpp"

#include <conductor/task.hpp>

#include <string_view>
#include <vector>

namespace conductor::tracing {

/** @brief What every span of a task says: type, ids, and what is done.
 *  @param operation  `poll`, `execute`, `update`, or `task` for all of it.
 *  @par Source  OpenTelemetry semantic conventions, "Messaging spans". */
std::vector<attribute> task_attributes(task const& claimed, std::string_view operation);

/** @brief What only the span of the whole task says beside that. */
std::vector<attribute> claim_attributes(task const& claimed);

/** @brief The facts of a span of the whole task as one of its parts has them. */
std::vector<attribute> part_attributes(std::vector<attribute> whole, std::string_view operation);

}  // namespace conductor::tracing
