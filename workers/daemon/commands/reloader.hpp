#pragma once

#include <daemon/config/parse_config.hpp>
#include <daemon/config/reload_plan.hpp>
#include <daemon/config/surroundings.hpp>
#include <daemon/control/worker_switch.hpp>
#include <daemon/log/logger.hpp>
#include <daemon/notify/service_notifier.hpp>

#include <conductor/runtime.hpp>

#include <boost/asio/signal_set.hpp>

#include <optional>
#include <string>

namespace conductor::daemon {

/** @brief Reads the configuration again on SIGHUP, and takes what a running daemon can take: all of
 *  the difference, or nothing of it.
 *
 *  A file that cannot be used, and a difference that needs another start, leave all as it is; the
 *  log names them. A pause by the admin page outlasts a reload that does
 *  not change the type's `paused`.
 *  @par Threads  The runtime's.
 *  @par Lifetime Ends with the runtime's loop, before what it refers to.
 */
class reloader {
public:
    /** @brief What a reload changes. */
    struct targets {
        /** @brief Its signals come on this one's thread. */
        runtime& serving;
        /** @brief Slots and pauses. */
        worker_switch& types;
        /** @brief Level, and where the reload is told of. */
        logger& log;
        /** @brief Told of it; none when nobody is to be. */
        service_notifier* service = nullptr;
    };

    /** @brief Heeds SIGHUP from here on.
     *  @param file     The configuration's file; empty for the environment alone.
     *  @param running  What holds now. */
    reloader(std::string file, surroundings around, parsed_config running, targets to);
    reloader(reloader const&) = delete;
    reloader& operator=(reloader const&) = delete;

private:
    void wait();
    void reload_and_tell();
    bool reload();
    std::optional<parsed_config> read_again();
    bool is_taken(reload_plan const& plan);
    void apply(reload_plan const& plan);

    std::string file_;
    surroundings around_;
    parsed_config running_;
    targets to_;
    boost::asio::signal_set signals_;
};

}  // namespace conductor::daemon
