#include "recording_observer.hpp"

#include "fakes/time_limit.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace conductor::test {

namespace {

// What the kinds of events have in common, read where they have it.
event record(auto const& told) {
    event made;
    if constexpr (requires { told.type; }) made.subject = told.type;
    if constexpr (requires { told.task; }) made.subject = told.task.id();
    if constexpr (requires { told.update; }) {
        made.subject = told.update.task_id;
        made.status = to_string(told.update.status);
    }
    if constexpr (requires { told.outcome; }) made.status = to_string(told.outcome.status());
    if constexpr (requires { told.tasks; }) made.count = told.tasks;
    if constexpr (requires { told.running; }) made.count = told.running;
    if constexpr (requires { told.error; }) made.error = told.error;
    if constexpr (requires { told.delay; }) made.delay = told.delay;
    return made;
}

}  // namespace

void recording_observer::on(runtime_event const& told) {
    auto made = std::visit([](auto const& one) { return record(one); }, told);
    made.kind = static_cast<event_kind>(told.index());
    add(std::move(made));
}

std::vector<event> recording_observer::events(event_kind kind) const {
    std::lock_guard lock{mutex_};
    std::vector<event> found;
    std::ranges::copy_if(events_, std::back_inserter(found),
                         [&](event const& each) { return each.kind == kind; });
    return found;
}

std::size_t recording_observer::count(event_kind kind) const {
    std::lock_guard lock{mutex_};
    return count_locked(kind);
}

bool recording_observer::wait_for(event_kind kind, std::size_t count) const {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, time_limit, [&] { return count_locked(kind) >= count; });
}

void recording_observer::add(event event) {
    std::lock_guard lock{mutex_};
    events_.push_back(std::move(event));
    changed_.notify_all();
}

std::size_t recording_observer::count_locked(event_kind kind) const {
    auto const counted = std::ranges::count(events_, kind, &event::kind);
    return static_cast<std::size_t>(counted);
}

}  // namespace conductor::test
