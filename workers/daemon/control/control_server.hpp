#pragma once

#include <daemon/config/config.hpp>
#include <daemon/control/status_board.hpp>
#include <daemon/control/worker_switch.hpp>
#include <daemon/health/admin_listener.hpp>
#include <daemon/health/health_state.hpp>
#include <daemon/log/logger.hpp>

#include <conductor/environment.hpp>
#include <conductor/runtime.hpp>

#include <memory>

namespace conductor::daemon {

/** @brief What the admin page shows and changes. */
struct control_subjects {
    /** @brief Whose state it shows, on whose thread it runs. */
    runtime const& serving;
    /** @brief Whether all is well. */
    std::shared_ptr<health_state const> state;
    /** @brief What has happened. */
    std::shared_ptr<status_board const> board;
    /** @brief Pauses and resumes. */
    worker_switch& types;
    /** @brief Told of whatever somebody changes, and of wrong tokens. */
    logger& log;
};

/** @brief Serves the admin page.
 *  @return None when the configuration names no address for it.
 *  @throws config_error when the address cannot be listened on. */
std::unique_ptr<admin_listener> serve_control(control_config const& settings, control_subjects of,
                                              std::shared_ptr<clock> clock);

}  // namespace conductor::daemon
