#pragma once

#include "runtime/core.hpp"

#include <memory>
#include <optional>

namespace conductor::runtime_detail {

/** @brief Whether the server keeps a task's input outside of itself, since it is large. */
bool keeps_input_elsewhere(task const& claimed);

/** @brief Brings an input here that is kept elsewhere, and puts a run with it in place of `run`.
 *  @return How the task ends when its input cannot be had; none otherwise. */
awaitable<std::optional<task_result>> fetch_input(std::shared_ptr<core> core,
                                                  std::shared_ptr<task_run>& run);

/** @brief Keeps an output elsewhere that is too large to send.
 *  @param update    What to report of the task, its output left out.
 *  @param output    The output.
 *  @param too_large Said of it as the reason, where it cannot be kept elsewhere: the task ends
 * then.
 *  @return `update`, completed. */
awaitable<task_update> store_output(std::shared_ptr<core> core, std::shared_ptr<task_run> run,
                                    task_update update, boost::json::object output,
                                    failure too_large);

}  // namespace conductor::runtime_detail
