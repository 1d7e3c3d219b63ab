#pragma once

#include <conductor/observer.hpp>

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::test {

/** @brief Which of `runtime_event`'s alternatives, in their order. */
enum class event_kind {
    polled,
    poll_failed,
    poll_held,
    started,
    finished,
    payload_external,
    updated,
    update_failed,
    update_lost,
    stored,
    given_back,
    duplicate_dropped,
    recovered,
    recovery_unavailable,
    lease_extended,
    lease_failed,
    cancelled,
    braked,
    circuit_opened,
    circuit_closed,
    poller_stalled,
    loop_held,
    draining,
};

/** @brief One event, as far as tests look at it. */
struct event {
    /** @brief Which. */
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
    void on(runtime_event const& told) override;

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
