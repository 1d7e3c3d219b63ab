#pragma once

#include "runtime/core.hpp"

#include <memory>
#include <optional>

namespace conductor::runtime_detail {

/** @brief Whether the server keeps a task's input or earlier output outside of itself, since it is
 *  large. */
bool keeps_payloads_elsewhere(task const& claimed);

/** @brief Brings payloads here that are kept elsewhere, and puts a run with them in place of `run`.
 *  @return How the task ends when one cannot be had; none otherwise. */
awaitable<std::optional<task_result>> fetch_payloads(std::shared_ptr<core> core,
                                                     std::shared_ptr<task_run>& run);

/** @brief Takes the output out of a report that cannot be sent with it, and keeps it elsewhere.
 *
 *  Where that cannot be, the report would be repeated for ever: the task ends, and says why.
 *  @param unsendable  Why the report cannot be sent. */
awaitable<void> store_output(std::shared_ptr<core> core, task const& claimed, task_update& update,
                             failure unsendable);

/** @brief Leaves a task's earlier output where it is kept, when the task is given back. */
void keep_stored_output(task const& claimed, task_update& update);

}  // namespace conductor::runtime_detail
