#include "recording_observer.hpp"

#include "time_limit.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace conductor::test {

void recording_observer::polled(std::string_view type, std::size_t tasks,
                                std::chrono::nanoseconds) {
    add({.kind = event_kind::polled, .subject = std::string{type}, .count = tasks});
}

void recording_observer::poll_failed(std::string_view type, failure const& error,
                                     std::chrono::milliseconds delay) {
    add({.kind = event_kind::poll_failed,
         .subject = std::string{type},
         .error = error,
         .delay = delay});
}

void recording_observer::started(task const& task) {
    add({.kind = event_kind::started, .subject = std::string{task.id()}});
}

void recording_observer::finished(task const& task, task_result const& outcome,
                                  std::chrono::nanoseconds) {
    add({.kind = event_kind::finished,
         .subject = std::string{task.id()},
         .status = std::string{to_string(outcome.status())}});
}

void recording_observer::updated(task_update const& update, std::chrono::nanoseconds) {
    add({.kind = event_kind::updated,
         .subject = update.task_id,
         .status = std::string{to_string(update.status)}});
}

void recording_observer::update_failed(task_update const& update, failure const& error,
                                       std::chrono::milliseconds delay) {
    add({.kind = event_kind::update_failed,
         .subject = update.task_id,
         .status = std::string{to_string(update.status)},
         .error = error,
         .delay = delay});
}

void recording_observer::update_lost(task_update const& update, failure const& error) {
    add({.kind = event_kind::update_lost,
         .subject = update.task_id,
         .status = std::string{to_string(update.status)},
         .error = error});
}

void recording_observer::given_back(task const& task) {
    add({.kind = event_kind::given_back, .subject = std::string{task.id()}});
}

void recording_observer::loop_held(std::string_view type, std::chrono::nanoseconds) {
    add({.kind = event_kind::loop_held, .subject = std::string{type}});
}

void recording_observer::draining(std::size_t running) {
    add({.kind = event_kind::draining, .count = running});
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
