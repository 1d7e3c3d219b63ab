#pragma once

#include <daemon/health/health_state.hpp>

#include <conductor/environment.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace conductor::daemon {

/** @brief How the daemon is doing, as far as the service manager is told. */
struct service_state {
    /** @brief Whether attempts end. */
    health_report live{.good = true};
    /** @brief Whether it can work. */
    health_report ready{};
    /** @brief Whether polling has been tried. */
    bool attempted = false;
    /** @brief Whether the stop has begun. */
    bool draining = false;
    /** @brief Tasks that run, or whose results are on their way. */
    std::size_t in_flight = 0;
};

/** @brief Decides what the service manager is told, and when. Pure.
 *
 *  Up once polling has been tried, whatever came of it: a server that is away is no reason not to
 *  start, nor to be started anew. Alive while attempts end. A start or a stop that takes its time
 *  asks for more, again and again, so that a process that has hung is not waited for.
 *
 *  What its functions return is one datagram each; an empty one is not to be sent.
 *  @par Source  sd_notify(3).
 */
class service_notices {
public:
    /** @brief Before the start.
     *  @param watchdog  Half of it passes between two signs of life; none for no such signs. */
    explicit service_notices(std::optional<std::chrono::microseconds> watchdog)
        : watchdog_(watchdog) {}

    /** @brief What is to be said now. */
    std::string due(service_state const& state, time_point now);
    /** @brief When to ask again, unless something happens before: later than the last `due()`. */
    time_point next() const { return next_; }

    /** @brief The configuration is about to be read again. Nothing before the start has succeeded
     *  and after the stop has begun. */
    std::string reloading(time_point now) const;
    /** @brief It was read again; what the next `due()` says depends on whether it was taken. */
    std::string reloaded(bool taken);

    /** @brief Whether it was said that the start has succeeded. */
    bool is_up() const { return up_; }

private:
    std::string status_of(service_state const& state) const;

    std::optional<std::chrono::microseconds> watchdog_;
    time_point alive_at_{};
    time_point next_{};
    std::string status_{};
    bool up_ = false;
    bool stopping_ = false;
    bool reload_refused_ = false;
};

}  // namespace conductor::daemon
