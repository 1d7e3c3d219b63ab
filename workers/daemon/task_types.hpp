#pragma once

#include <daemon/config/config.hpp>

#include <contract/task_description.hpp>

#include <conductor/environment.hpp>
#include <conductor/http/client.hpp>
#include <conductor/worker.hpp>

#include <memory>
#include <vector>

namespace conductor::daemon {

/** @brief What the daemon's task types take and give, whether they are configured or not. */
std::vector<workers::task_description> task_descriptions();

/** @brief The workers that a configuration names.
 *
 *  @param client  Sends their requests to GitHub and to sinks.
 *  @throws config_error naming the setting that a worker refuses.
 */
std::vector<worker> make_workers(config const& settings, std::shared_ptr<http::client> client,
                                 environment const& around);

/** @brief How the workers reach GitHub and sinks: the environment's proxy, the system's trusted
 *  authorities, and nothing that was meant for the Conductor server. */
http::client_options outside_client_options();

}  // namespace conductor::daemon
