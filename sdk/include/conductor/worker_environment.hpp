#pragma once

#include <conductor/worker.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace conductor {

/** @brief Gives the value of a variable; none when it is unset or empty. */
using variable_reader = std::function<std::optional<std::string>(std::string const& name)>;

/** @brief A worker's options as the environment has left them. */
struct worker_environment {
    /** @brief The options that hold. */
    worker_options options{};
    /** @brief Which variable set a property; by the property: `thread_count`, `domain`,
     *  `poll_interval`, `poll_timeout`, `paused`, `lease_extend_enabled`,
     *  `lease_extend_threshold`. One that no variable sets is not in it. */
    std::map<std::string, std::string, std::less<>> origins{};
};

/** @brief Puts what the environment says for a task type over `options`.
 *
 *  The first of these names that holds something wins, for each property of `origins`:
 *  `conductor.worker.<type>.<property>`, `conductor_worker_<type>_<property>`,
 *  `CONDUCTOR_WORKER_<TYPE>_<PROPERTY>`, `CONDUCTOR_WORKER_<type>_<PROPERTY>`, for the poll
 *  interval `CONDUCTOR_WORKER_<TYPE>_POLLING_INTERVAL`, `conductor.worker.all.<property>`,
 *  `CONDUCTOR_WORKER_ALL_<PROPERTY>`, `conductor_worker_<property>`, `CONDUCTOR_WORKER_<PROPERTY>`.
 *
 *  Intervals and timeouts are milliseconds, and `poll_interval_millis` is another name of
 *  `poll_interval`, which it goes before. Truth values are `true`, `1`, `yes`, `on` and `false`,
 *  `0`, `no`, `off`, in any case. Pure but for `read`.
 *  @throws config_error naming the variable, when a value cannot be used.
 *  @par Source  The order of the Python SDK's `worker_config.py`. */
worker_environment read_worker_environment(worker_options const& options, std::string const& type,
                                           variable_reader const& read);

}  // namespace conductor
