#include "runtime/poll_scheduler.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace conductor::runtime_detail {
namespace {

// The server holds a poll for no longer (TaskResource.batchPoll).
constexpr std::chrono::milliseconds wait_max{5000};
// Idle types together ask about fifty times a second, however many they are; so do brisk ones.
constexpr std::chrono::milliseconds wait_per_type{20};
// A domain counts as alive for ten seconds after a poll (the server's poll data).
constexpr std::chrono::milliseconds domain_interval_max{5000};

worker_options with_domain_alive(worker_options options) {
    if (!options.domain.empty())
        options.poll_interval = std::min(options.poll_interval, domain_interval_max);
    return options;
}

backoff_options with_domain_alive(backoff_options failures, worker_options const& options) {
    if (!options.domain.empty()) failures.max = std::min(failures.max, domain_interval_max);
    return failures;
}

}  // namespace

poll_scheduler::poll_scheduler(schedule_limits limits, backoff_options failures)
    : limits_(limits),
      failures_(failures),
      circuit_(limits.circuit_failures, limits.circuit_waits) {}

std::size_t poll_scheduler::add(worker_options const& options) {
    auto const number = workers_.size();
    workers_.push_back(
        {.policy = poll_policy(with_domain_alive(options), with_domain_alive(failures_, options)),
         .slots = options.slots,
         .weight = options.weight});
    if (options.paused) workers_.back().holds.insert(poll_hold::paused);
    place(number, time_point{});
    return number;
}

std::size_t poll_scheduler::free(std::size_t worker) const {
    auto const& entry = workers_[worker];
    auto const in_use = entry.used + entry.asked;
    return entry.slots > in_use ? entry.slots - in_use : 0;
}

std::size_t poll_scheduler::room() const {
    if (limits_.in_flight_max == 0) return std::numeric_limits<std::size_t>::max();
    return limits_.in_flight_max > in_use_ ? limits_.in_flight_max - in_use_ : 0;
}

void poll_scheduler::displace(std::size_t worker) {
    auto& entry = workers_[worker];
    if (entry.is_ready) ready_.erase({entry.share, worker});
    if (entry.waits_until != time_point::max()) waiting_.erase({entry.waits_until, worker});
    entry.is_ready = false;
    entry.waits_until = time_point::max();
}

// Puts a type where it belongs: ready, waiting for a time, or nowhere until something changes.
void poll_scheduler::place(std::size_t worker, time_point now) {
    displace(worker);
    auto& entry = workers_[worker];
    if (entry.polling || !entry.holds.empty()) return;
    auto const step = entry.policy.next(free(worker), now);
    auto const until = std::max(step.count == 0 ? step.until : now, entry.rest_until);
    if (until <= now) {
        // Who was idle has no claim on what it did not use.
        entry.share = std::max(entry.share, share_served_);
        ready_.emplace(entry.share, worker);
        entry.is_ready = true;
    } else if (until != time_point::max()) {
        waiting_.emplace(until, worker);
        entry.waits_until = until;
    }
}

void poll_scheduler::charge(std::size_t worker, std::size_t tasks) {
    auto& entry = workers_[worker];
    if (entry.is_ready) ready_.erase({entry.share, worker});
    entry.share += static_cast<double>(tasks) / entry.weight;
    if (entry.is_ready) ready_.emplace(entry.share, worker);
}

void poll_scheduler::wake_due(time_point now) {
    while (!waiting_.empty() && waiting_.begin()->first <= now)
        place(waiting_.begin()->second, now);
}

std::optional<poll_scheduler::order> poll_scheduler::next(time_point now) {
    wake_due(now);
    if (outbox_full_ || ready_.empty() || room() == 0 || circuit_.blocks(now)) return std::nullopt;
    if (circuit_.is_open() && std::exchange(probing_, true)) return std::nullopt;
    auto const worker = ready_.begin()->second;
    auto& entry = workers_[worker];
    share_served_ = entry.share;
    order made{.worker = worker, .step = entry.policy.next(free(worker), now), .sent = now};
    made.wait = wait_for(made.step);
    made.step.count = std::min(made.step.count, room());
    made.number = ++entry.poll_number;
    displace(worker);
    entry.polling = true;
    entry.poll_sent = now;
    entry.asked = made.step.count;
    in_use_ += entry.asked;
    under_way_.emplace(now + limits_.poll_time_max, worker);
    return made;
}

std::chrono::milliseconds poll_scheduler::wait_for(poll_step const& step) const {
    // Where types wait for each other, none keeps its place by waiting at the server.
    if (step.wait.count() == 0 || ready_.size() > room()) return std::chrono::milliseconds{0};
    auto const spread = wait_per_type * static_cast<std::int64_t>(workers_.size());
    return std::clamp<std::chrono::milliseconds>(spread, step.wait, std::max(step.wait, wait_max));
}

time_point poll_scheduler::wake_at() const {
    auto at = time_point::max();
    if (!waiting_.empty()) at = waiting_.begin()->first;
    if (!under_way_.empty()) at = std::min(at, under_way_.begin()->first);
    bool const waits_for_circuit = circuit_.is_open() && !probing_ && !outbox_full_;
    if (waits_for_circuit && !ready_.empty() && room() > 0)
        at = std::min(at, circuit_.open_until());
    return at;
}

// False for a poll that was given up.
bool poll_scheduler::end(order const& poll) {
    auto& entry = workers_[poll.worker];
    if (!entry.polling || entry.poll_number != poll.number) return false;
    under_way_.erase({entry.poll_sent + limits_.poll_time_max, poll.worker});
    in_use_ -= entry.asked;
    entry.asked = 0;
    entry.polling = false;
    probing_ = false;
    return true;
}

// A type whose poll has just been answered counts as one of them.
std::int64_t poll_scheduler::brisk_types(std::size_t worker, time_point now) const {
    auto const others = std::ranges::count_if(
        workers_, [now](worker_entry const& entry) { return entry.policy.brisk(now); });
    return others + (workers_[worker].policy.brisk(now) ? 0 : 1);
}

bool poll_scheduler::answered(order const& poll, std::size_t got, time_point now, double chance) {
    bool const closed = circuit_.answered();
    if (!end(poll)) return closed;
    auto& entry = workers_[poll.worker];
    // A full answer says when the next poll goes: at once.
    auto const brisk = got < poll.step.count ? brisk_types(poll.worker, now) : 0;
    entry.policy.answered(poll.step, got, {poll.sent, now}, wait_per_type * brisk, chance);
    entry.backlog = entry.policy.backlog();
    charge(poll.worker, got);
    place(poll.worker, now);
    return closed;
}

void poll_scheduler::withdrawn(order const& poll, time_point now, double chance) {
    if (!end(poll)) return;
    workers_[poll.worker].policy.withdrawn(now, chance);
    place(poll.worker, now);
}

poll_scheduler::failed_poll poll_scheduler::failed(order const& poll, failure const& error,
                                                   time_point now, double chance) {
    failed_poll made{.circuit_delay = circuit_.failed(error, now, chance)};
    if (!end(poll)) return made;
    auto& entry = workers_[poll.worker];
    made.delay = entry.policy.failed(error, now, chance);
    entry.backlog = false;
    place(poll.worker, now);
    return made;
}

std::vector<std::pair<std::size_t, time_point>> poll_scheduler::give_up_hung(time_point now) {
    std::vector<std::pair<std::size_t, time_point>> hung;
    while (!under_way_.empty() && under_way_.begin()->first <= now) {
        auto const worker = under_way_.begin()->second;
        auto const& entry = workers_[worker];
        hung.emplace_back(worker, entry.poll_sent);
        end({.worker = worker, .number = entry.poll_number});
        place(worker, now);
    }
    return hung;
}

void poll_scheduler::taken(std::size_t worker, time_point now) {
    ++workers_[worker].used;
    ++in_use_;
    place(worker, now);
}

void poll_scheduler::freed(std::size_t worker, time_point now) {
    --workers_[worker].used;
    --in_use_;
    place(worker, now);
}

void poll_scheduler::set_slots(std::size_t worker, std::size_t slots, time_point now) {
    workers_[worker].slots = slots;
    place(worker, now);
}

void poll_scheduler::hold(std::size_t worker, poll_hold reason, bool held, time_point now) {
    auto& holds = workers_[worker].holds;
    if (held)
        holds.insert(reason);
    else
        holds.erase(reason);
    place(worker, now);
}

void poll_scheduler::rest(std::size_t worker, time_point until) {
    workers_[worker].rest_until = until;
    place(worker, time_point{});
}

bool poll_scheduler::may_chain(std::size_t worker, time_point now) const {
    auto const& entry = workers_[worker];
    if (!entry.backlog || !entry.holds.empty() || outbox_full_ || circuit_.is_open()) return false;
    if (entry.used > entry.slots || now < entry.rest_until) return false;
    // The slot would go to the type that has had the least.
    return limits_.in_flight_max == 0 || ready_.empty() || ready_.begin()->first >= entry.share;
}

void poll_scheduler::chained(std::size_t worker, bool brought, time_point now) {
    auto& entry = workers_[worker];
    entry.backlog = brought;
    if (brought)
        charge(worker, 1);
    else
        entry.policy.ran_out(now);
}

std::optional<poll_hold> poll_scheduler::held(std::size_t worker, time_point now) const {
    auto const& entry = workers_[worker];
    if (!entry.holds.empty()) return *entry.holds.begin();
    if (now < entry.rest_until) return poll_hold::brake;
    if (entry.polling) return std::nullopt;
    if (outbox_full_) return poll_hold::outbox_full;
    if (circuit_.is_open()) return poll_hold::circuit_open;
    if (free(worker) == 0) return poll_hold::no_free_slot;
    if (room() == 0) return poll_hold::in_flight_max;
    return std::nullopt;
}

}  // namespace conductor::runtime_detail
