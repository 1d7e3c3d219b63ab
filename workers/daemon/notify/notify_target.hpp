#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include <sys/types.h>

namespace conductor::daemon {

/** @brief Whom to tell how this process is doing, as systemd asks for it. */
struct notify_target {
    /** @brief The address of a datagram socket: a path, or `@` and an abstract name. */
    std::string socket{};
    /** @brief A live process says so once in this time; none when nobody waits for it. */
    std::optional<std::chrono::microseconds> watchdog{};

    friend bool operator==(notify_target const&, notify_target const&) = default;
};

/** @brief What the variables `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID` ask of a process.
 *  Pure.
 *
 *  @param variable  Gives a variable of the environment; none when it is not set, or empty.
 *  @param self      The process. A watchdog of another one is not ours.
 *  @return None when nobody is to be told.
 *  @throws config_error for a time or a process that is no number.
 *  @par Source  sd_notify(3), sd_watchdog_enabled(3).
 */
std::optional<notify_target> read_notify_target(
    std::function<std::optional<std::string>(std::string const& name)> const& variable, pid_t self);

/** @brief Reads this process's variables and removes them: what it starts is not meant by them.
 *  @throws config_error as `read_notify_target()`.
 *  @par Threads  While the process has one. */
std::optional<notify_target> take_notify_target();

}  // namespace conductor::daemon
