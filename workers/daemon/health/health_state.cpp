#include <daemon/health/health_state.hpp>

#include <algorithm>

namespace conductor::daemon {
namespace {

std::string seconds_text(std::chrono::nanoseconds time) {
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(time).count()) + " s";
}

health_report report_of(std::vector<std::string> reasons) {
    bool const good = reasons.empty();
    return {good, std::move(reasons)};
}

}  // namespace

health_state::health_state(std::map<std::string, std::size_t> slots, std::shared_ptr<clock> clock,
                           std::function<token_state()> token, health_limits limits)
    : clock_(std::move(clock)), token_(std::move(token)), limits_(limits) {
    for (auto const& [type, count] : slots)
        types_.emplace(type, type_state{.slots = count, .due = clock_->now() + limits_.attempt});
}

void health_state::serve(std::string const& type, std::size_t slots, bool paused) {
    auto const found = types_.find(type);
    if (found == types_.end()) return;
    type_state& state = found->second;
    // The first poll after a pause, or with new slots, has its whole time.
    state.due = clock_->now() + limits_.attempt;
    if (state.paused && !paused) state.succeeded.reset();
    state.slots = slots;
    state.paused = paused;
}

health_report health_state::live() const {
    std::vector<std::string> reasons;
    time_point const now = clock_->now();
    bool const full = outbox_is_full();
    for (auto const& [type, state] : types_) {
        // Paused, with all slots busy, without room for results, or after the stop has begun,
        // nobody polls.
        bool const polls = !draining_ && !full && !state.paused && state.busy < state.slots;
        if (!polls || now <= state.due) continue;
        reasons.push_back("polling " + type + " has hung for " + seconds_text(now - state.due));
    }
    for (auto const& [id, task] : running_) {
        if (!task.due || now <= *task.due) continue;
        reasons.push_back("delivering a result of " + task.type + " has hung for " +
                          seconds_text(now - *task.due));
    }
    return report_of(std::move(reasons));
}

health_report health_state::ready() const {
    std::vector<std::string> reasons;
    time_point const now = clock_->now();
    if (draining_) reasons.emplace_back("stopping");
    if (outbox_is_full()) reasons.emplace_back("the outbox is full; no task is claimed");
    if (token_() == token_state::failed) reasons.emplace_back("the server gives no access token");
    for (auto const& [type, state] : types_) {
        if (state.paused) continue;
        if (state.error) {
            reasons.push_back("the last poll of " + type + " failed: " + *state.error);
        } else if (!state.succeeded) {
            reasons.push_back(type + " was not polled yet");
        } else if (state.busy < state.slots && now - *state.succeeded > limits_.recent) {
            reasons.push_back("the last poll of " + type + " was " +
                              seconds_text(now - *state.succeeded) + " ago");
        }
    }
    return report_of(std::move(reasons));
}

bool health_state::attempted() const {
    auto const was_polled = [](auto const& entry) {
        return entry.second.succeeded || entry.second.error;
    };
    auto const is_paused = [](auto const& entry) { return entry.second.paused; };
    return outbox_is_full() || std::ranges::any_of(types_, was_polled) ||
           std::ranges::all_of(types_, is_paused);
}

std::size_t health_state::in_flight() const {
    std::size_t sum = 0;
    for (auto const& [type, state] : types_) sum += state.busy;
    return sum;
}

void health_state::on(runtime_event const& event) {
    // The first poll after there is room again has its whole time.
    if (outbox_is_full()) expect_no_poll_before(clock_->now());
    std::visit([this](auto const& one) { on_event(one); }, event);
}

void health_state::on_event(events::polled const& event) {
    auto const found = types_.find(event.type);
    if (found == types_.end()) return;
    found->second.succeeded = clock_->now();
    found->second.error.reset();
    found->second.due = clock_->now() + limits_.attempt;
}

void health_state::on_event(events::poll_failed const& event) {
    auto const found = types_.find(event.type);
    if (found == types_.end()) return;
    found->second.error = event.error.message();
    found->second.due = clock_->now() + event.delay + limits_.attempt;
}

void health_state::on_event(events::started const& event) {
    auto const found = types_.find(event.task.type());
    if (found == types_.end()) return;
    auto const [entry, is_new] = running_.try_emplace(std::string{event.task.id()});
    running_task& task = entry->second;
    // A copy of a task that runs takes no further slot; one whose result is in the outbox does.
    if (is_new || !task.holds_slot) ++found->second.busy;
    task = {.type = std::string{event.task.type()}, .due = std::nullopt};
}

void health_state::on_event(events::stored const& event) {
    auto const found = running_.find(event.update.task_id);
    if (found != running_.end()) free_slot(found->second);
}

void health_state::on_event(events::updated const& event) { release(event.update.task_id); }

void health_state::on_event(events::update_failed const& event) {
    auto const found = running_.find(event.update.task_id);
    if (found != running_.end()) found->second.due = clock_->now() + event.delay + limits_.attempt;
}

void health_state::on_event(events::update_lost const& event) { release(event.update.task_id); }

void health_state::on_event(events::braked const& event) {
    auto const found = types_.find(event.type);
    if (found == types_.end()) return;
    found->second.due = std::max(found->second.due, clock_->now() + event.rest + limits_.attempt);
}

// One type at a time tries a server that is away, and not each of them in turn.
void health_state::on_event(events::circuit_opened const& event) {
    expect_no_poll_before(clock_->now() + event.delay);
}

void health_state::on_event(events::circuit_closed const&) { expect_no_poll_before(clock_->now()); }

void health_state::on_event(events::draining const&) { draining_ = true; }

void health_state::expect_no_poll_before(time_point moment) {
    for (auto& [type, state] : types_) state.due = std::max(state.due, moment + limits_.attempt);
}

void health_state::free_slot(running_task& task) {
    auto const type = types_.find(task.type);
    if (!task.holds_slot || type == types_.end()) return;
    task.holds_slot = false;
    type_state& state = type->second;
    // The first poll with a free slot has its whole time.
    if (state.busy >= state.slots) state.due = clock_->now() + limits_.attempt;
    --state.busy;
}

void health_state::release(std::string const& task_id) {
    auto const found = running_.find(task_id);
    if (found == running_.end()) return;
    free_slot(found->second);
    running_.erase(found);
}

}  // namespace conductor::daemon
