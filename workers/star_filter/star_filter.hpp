#pragma once

#include <contract/task_description.hpp>

#include <conductor/environment.hpp>
#include <conductor/worker.hpp>

namespace conductor::workers {

/** @brief The worker of the task type `star_filter`: keeps the stars and forks of a time window,
 * and all contributors, and makes one activity with a stable key of each. No network.
 *
 *  Malformed rows are dropped and counted; the only failure is BAD_INPUT.
 *  @param environment  The clock is read when an input names no time.
 *  @par Threads        Runs on a handler thread: a large repository takes tens of milliseconds.
 */
worker make_star_filter(environment environment);

/** @brief What `star_filter` takes and gives. */
task_description const& star_filter_description();

}  // namespace conductor::workers
