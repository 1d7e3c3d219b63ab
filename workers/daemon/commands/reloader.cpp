#include <daemon/commands/reloader.hpp>

#include <daemon/commands/load_config.hpp>

#include <conductor/config_error.hpp>

#include <algorithm>
#include <csignal>
#include <string_view>
#include <utility>

namespace conductor::daemon {
namespace {

log_line line_of(std::string_view what, setting_change const& change) {
    return {what, {{"key", change.path}, {"before", change.before}, {"after", change.after}}};
}

}  // namespace

reloader::reloader(std::string file, surroundings around, parsed_config running, targets to)
    : file_(std::move(file)),
      around_(std::move(around)),
      running_(std::move(running)),
      to_(to),
      signals_(to.serving.get_executor(), SIGHUP) {
    wait();
}

void reloader::wait() {
    signals_.async_wait([this](error_code error, int) {
        if (error) return;
        reload_and_tell();
        wait();
    });
}

void reloader::reload_and_tell() {
    if (to_.service != nullptr) to_.service->reloading();
    bool const taken = reload();
    if (to_.service != nullptr) to_.service->reloaded(taken);
}

bool reloader::reload() {
    auto wanted = read_again();
    if (!wanted) return false;
    auto const plan = plan_reload(running_, *wanted);
    if (!is_taken(plan)) return false;
    running_ = *std::move(wanted);
    apply(plan);
    return true;
}

// Caught here and not in main(): a file that is being edited is no reason to stop what runs.
std::optional<parsed_config> reloader::read_again() {
    try {
        return load_config(file_, around_);
    } catch (config_error const& error) {
        to_.log.write(log_level::error, {"the configuration cannot be used; the one before holds",
                                         {{"error", error.what()}}});
        return std::nullopt;
    }
}

bool reloader::is_taken(reload_plan const& plan) {
    for (auto const& one : plan.refused)
        to_.log.write(log_level::error, line_of("this change needs a restart", one));
    if (!plan.refused.empty()) {
        to_.log.write(log_level::error, {"the configuration before holds"});
        return false;
    }
    for (auto const& one : plan.live)
        to_.log.write(log_level::info, line_of("configuration changed", one));
    to_.log.write(log_level::info, {"configuration read again"});
    return true;
}

// Setting the slots that hold already changes nothing, so all are set. A pause is set only when it
// is another than before: an operator may have set it otherwise meanwhile.
void reloader::apply(reload_plan const& plan) {
    auto const& values = running_.values;
    auto const serve = [&](std::string const& type, worker_options const& options) {
        to_.types.set_slots(type, options.slots);
        auto const path = "workers." + type + ".paused";
        if (std::ranges::find(plan.live, path, &setting_change::path) != plan.live.end())
            to_.types.set_paused(type, options.paused);
    };
    if (values.github_fetch) serve("github_fetch", values.github_fetch->options);
    if (values.star_filter) serve("star_filter", values.star_filter->options);
    if (values.orbit_upload) serve("orbit_upload", values.orbit_upload->options);
    to_.log.show_from(values.log_level);
}

}  // namespace conductor::daemon
