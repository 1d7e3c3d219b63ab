#include <daemon/notify/notify_target.hpp>

#include <conductor/config_error.hpp>

#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <map>

#include <unistd.h>

namespace conductor::daemon {
namespace {

constexpr char socket_name[] = "NOTIFY_SOCKET";
constexpr char watchdog_time[] = "WATCHDOG_USEC";
constexpr char watchdog_process[] = "WATCHDOG_PID";
// Longer than a process lives; and half of it added to a time is one still.
constexpr std::int64_t microseconds_max = std::int64_t{100} * 365 * 24 * 3600 * 1'000'000;

std::int64_t positive_number(char const* name, std::string const& text) {
    std::int64_t number = 0;
    auto const* const end = text.data() + text.size();
    auto const [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end || number < 1 || number > microseconds_max) {
        throw config_error(std::string{"environment: "} + name +
                           " is no positive number; it is systemd that sets it");
    }
    return number;
}

std::optional<std::string> inherited_variable(std::string const& name) {
    char const* const value = std::getenv(name.c_str());
    if (value == nullptr || *value == '\0') return std::nullopt;
    return std::string{value};
}

}  // namespace

std::optional<notify_target> read_notify_target(
    std::function<std::optional<std::string>(std::string const& name)> const& variable,
    pid_t self) {
    auto const socket = variable(socket_name);
    if (!socket) return std::nullopt;
    notify_target target{*socket};
    auto const time = variable(watchdog_time);
    auto const process = variable(watchdog_process);
    bool const is_ours = !process || positive_number(watchdog_process, *process) == self;
    if (time && is_ours)
        target.watchdog = std::chrono::microseconds{positive_number(watchdog_time, *time)};
    return target;
}

std::optional<notify_target> take_notify_target() {
    std::map<std::string, std::optional<std::string>> taken;
    for (char const* const name : {socket_name, watchdog_time, watchdog_process}) {
        taken[name] = inherited_variable(name);
        ::unsetenv(name);
    }
    return read_notify_target([&](std::string const& name) { return taken[name]; }, ::getpid());
}

}  // namespace conductor::daemon
