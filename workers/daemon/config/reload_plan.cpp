#include <daemon/config/reload_plan.hpp>

#include <algorithm>
#include <utility>

namespace conductor::daemon {
namespace {

constexpr auto absent = "(absent)";

std::string value_in(parsed_config const& one, std::string const& path) {
    auto const found = std::ranges::find(one.effective, path, &effective_value::path);
    return found == one.effective.end() ? absent : found->value;
}

// Only of a worker that is served before and after: another set of workers needs another start.
bool is_live(setting_change const& change) {
    if (change.before == absent || change.after == absent) return false;
    bool const of_worker = change.path.starts_with("workers.") &&
                           (change.path.ends_with(".slots") || change.path.ends_with(".paused"));
    return of_worker || change.path == "log.level";
}

void compare(setting_change change, reload_plan& plan) {
    if (change.before == change.after) return;
    (is_live(change) ? plan.live : plan.refused).push_back(std::move(change));
}

// Of a webhook's address only a part is shown, so what is hidden is compared here.
void compare_addresses(parsed_config const& running, parsed_config const& wanted,
                       reload_plan& plan) {
    if (!running.values.orbit_upload || !wanted.values.orbit_upload) return;
    for (auto const& [name, sink] : running.values.orbit_upload->sinks) {
        auto const found = wanted.values.orbit_upload->sinks.find(name);
        if (found == wanted.values.orbit_upload->sinks.end()) continue;
        std::string path = "workers.orbit_upload.sinks." + name + ".base";
        auto shown = value_in(wanted, path);
        if (found->second.base != sink.base && shown == value_in(running, path))
            plan.refused.push_back({std::move(path), shown, shown});
    }
}

}  // namespace

reload_plan plan_reload(parsed_config const& running, parsed_config const& wanted) {
    reload_plan plan;
    for (auto const& one : wanted.effective)
        compare({one.path, value_in(running, one.path), one.value}, plan);
    for (auto const& one : running.effective)
        if (value_in(wanted, one.path) == absent) compare({one.path, one.value, absent}, plan);
    compare_addresses(running, wanted, plan);
    return plan;
}

}  // namespace conductor::daemon
