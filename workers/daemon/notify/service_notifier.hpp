#pragma once

#include <daemon/health/health_state.hpp>
#include <daemon/log/logger.hpp>
#include <daemon/notify/notify_target.hpp>

#include <conductor/environment.hpp>
#include <conductor/observer.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <memory>

namespace conductor::daemon {

/** @brief Tells the service manager how the daemon is doing: carries out `service_notices`.
 *
 *  Its signs of life come out of the runtime's loop, so a loop that is held gives none.
 *  @par Threads  The executor's one thread.
 *  @par Lifetime Its coroutine ends with the executor's loop.
 */
class service_notifier {
public:
    /** @brief What it takes part in. */
    struct surrounding {
        /** @brief Where it runs. */
        boost::asio::any_io_executor executor;
        /** @brief Where its time comes from. */
        std::shared_ptr<clock> time;
        /** @brief How the daemon is doing. */
        std::shared_ptr<health_state const> health;
        /** @brief Told once when the service manager cannot be reached; must outlive the loop. */
        logger& log;
    };

    /** @brief Begins when the executor's loop does.
     *  @throws config_error when the target's socket cannot be used. */
    service_notifier(notify_target const& target, surrounding around);
    service_notifier(service_notifier const&) = delete;
    service_notifier& operator=(service_notifier const&) = delete;

    /** @brief Tells it of what cannot wait for the next turn; to be added after the health state.
     *  Harmless when the notifier is gone. */
    std::shared_ptr<runtime_observer> make_observer() const;

    /** @brief The configuration is about to be read again. */
    void reloading();
    /** @brief It was read again, and taken or not. */
    void reloaded(bool taken);

private:
    struct teller;
    class waker;

    std::shared_ptr<teller> teller_;
};

}  // namespace conductor::daemon
