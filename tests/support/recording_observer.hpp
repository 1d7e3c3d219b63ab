#pragma once

#include <conductor/observer.hpp>

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::test {

/** @brief Which function of `runtime_observer` was called. */
enum class event_kind {
    polled,
    poll_failed,
    started,
    finished,
    updated,
    update_failed,
    update_lost,
    given_back,
    loop_held,
    draining,
};

/** @brief One call of a `runtime_observer`. */
struct event {
    /** @brief Which function. */
    event_kind kind;
    /** @brief The task's id, or for polls and held loops the task type. */
    std::string subject{};
    /** @brief Tasks of a poll, running handlers of a drain. */
    std::size_t count = 0;
    /** @brief Status of a result, as the server names it. */
    std::string status{};
    /** @brief What failed. */
    failure error{};
    /** @brief The wait that follows a failure. */
    std::chrono::milliseconds delay{0};
};

/** @brief Records what a runtime tells, and lets tests wait for it.
 *
 *  @par Threads  Any. */
class recording_observer final : public runtime_observer {
public:
    void polled(std::string_view type, std::size_t tasks, std::chrono::nanoseconds took) override;
    void poll_failed(std::string_view type, failure const& error,
                     std::chrono::milliseconds delay) override;
    void started(task const& task) override;
    void finished(task const& task, task_result const& outcome,
                  std::chrono::nanoseconds took) override;
    void updated(task_update const& update, std::chrono::nanoseconds took) override;
    void update_failed(task_update const& update, failure const& error,
                       std::chrono::milliseconds delay) override;
    void update_lost(task_update const& update, failure const& error) override;
    void given_back(task const& task) override;
    void loop_held(std::string_view type, std::chrono::nanoseconds held) override;
    void draining(std::size_t running) override;

    /** @brief All events of a kind so far. */
    std::vector<event> events(event_kind kind) const;
    /** @brief How many of a kind so far. */
    std::size_t count(event_kind kind) const;
    /** @brief Waits for events of a kind; false when the time limit of tests was reached. */
    bool wait_for(event_kind kind, std::size_t count = 1) const;

private:
    void add(event event);
    std::size_t count_locked(event_kind kind) const;

    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::vector<event> events_;
};

}  // namespace conductor::test
