#include "runtime/changes.hpp"

#include <algorithm>

namespace conductor::runtime_detail {
namespace {

worker_status describe(core const& core, worker_state const& worker) {
    auto const now = core.now();
    auto const age_of = [&](std::optional<time_point> const& moment) {
        return moment ? std::optional<std::chrono::nanoseconds>{now - *moment} : std::nullopt;
    };
    auto const& served = *worker.definition;
    worker_status made{.type = served.type,
                       .domain = served.options.domain,
                       .slots = core.polls.slots(worker.number),
                       .poll_attempt_age = age_of(worker.poll_began),
                       .poll_success_age = age_of(worker.poll_succeeded),
                       .held = core.polls.held(worker.number, now)};
    for (auto const& one : core.in_flight.all()) {
        if (one->claimed->type() != served.type || one->claimed->domain() != served.options.domain)
            continue;
        ++made.in_flight;
        auto const age = age_of(one->lease.since());
        made.lease_age = std::max(made.lease_age, age);
    }
    return made;
}

}  // namespace

void set_paused(core& core, worker_state& worker, std::size_t paused) {
    auto const& served = *worker.definition;
    core.polls.hold(worker.number, poll_hold::paused, paused != 0, core.now());
    if (paused != 0)
        core.tell(events::poll_held{served.type, served.options.domain, poll_hold::paused});
}

void set_slots(core& core, worker_state& worker, std::size_t slots) {
    if (worker.threads > 0 && slots > worker.threads) {
        core.environment.handlers->reserve(slots - worker.threads);
        worker.threads = slots;
    }
    core.polls.set_slots(worker.number, slots, core.now());
}

runtime_status status_of(core const& core) {
    runtime_status made{.worker_id = core.worker_id, .circuit_open = core.polls.circuit_open()};
    for (auto const& worker : core.workers) made.workers.push_back(describe(core, *worker));
    if (core.options.outbox) made.outbox = core.options.outbox->level();
    made.outbox.full |= core.outbox_fails;
    return made;
}

}  // namespace conductor::runtime_detail
