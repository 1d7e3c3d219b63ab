#include <daemon/notify/service_notices.hpp>

#include <daemon/log/printable.hpp>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace conductor::daemon {
namespace {

// How often the status may change, and how much time is asked for at each such turn.
constexpr std::chrono::seconds turn{1};
constexpr std::chrono::seconds extension{10};
// It is shown in one line.
constexpr std::size_t status_bytes_max = 400;

std::int64_t microseconds(std::chrono::nanoseconds time) {
    return std::chrono::duration_cast<std::chrono::microseconds>(time).count();
}

void add_line(std::string& message, std::string_view line) {
    if (!message.empty()) message += '\n';
    message += line;
}

std::string reasons_text(std::vector<std::string> const& reasons) {
    std::string out;
    for (std::string const& one : reasons) out += (out.empty() ? ": " : "; ") + one;
    return out;
}

std::string tasks_text(std::size_t count) {
    return std::to_string(count) + (count == 1 ? " task" : " tasks") + " in flight";
}

}  // namespace

std::string service_notices::due(service_state const& state, time_point now) {
    std::string message;
    bool const starting = !up_ && !state.draining;
    if (state.draining && !std::exchange(stopping_, true)) add_line(message, "STOPPING=1");
    if (starting && state.attempted) {
        add_line(message, "READY=1");
        up_ = true;
        alive_at_ = now;
    } else if (starting ? state.live.good : stopping_ && state.in_flight > 0) {
        add_line(message, "EXTEND_TIMEOUT_USEC=" + std::to_string(microseconds(extension)));
    }
    next_ = now + turn;
    if (watchdog_ && up_) {
        // One that comes back to life after its time says so at the next turn.
        if (now >= alive_at_ && state.live.good) {
            add_line(message, "WATCHDOG=1");
            alive_at_ = now + *watchdog_ / 2;
        }
        if (alive_at_ > now) next_ = std::min(next_, alive_at_);
    }
    std::string status = status_of(state);
    if (status != status_) add_line(message, "STATUS=" + status);
    status_ = std::move(status);
    return message;
}

std::string service_notices::status_of(service_state const& state) const {
    std::string text;
    if (state.draining)
        text = "stopping, " + tasks_text(state.in_flight);
    else if (!state.live.good)
        text = "hung, " + tasks_text(state.in_flight) + reasons_text(state.live.reasons);
    else if (!up_)
        text = "starting" + reasons_text(state.ready.reasons);
    else if (state.ready.good)
        text = "ready, " + tasks_text(state.in_flight);
    else
        text = "not ready, " + tasks_text(state.in_flight) + reasons_text(state.ready.reasons);
    if (reload_refused_ && !state.draining)
        text = "the changed configuration was not taken, see the log; " + text;
    return printable(text, status_bytes_max);
}

std::string service_notices::reloading(time_point now) const {
    if (!up_ || stopping_) return {};
    return "RELOADING=1\nMONOTONIC_USEC=" + std::to_string(microseconds(now.time_since_epoch()));
}

std::string service_notices::reloaded(bool taken) {
    if (!up_ || stopping_) return {};
    reload_refused_ = !taken;
    return "READY=1";
}

}  // namespace conductor::daemon
