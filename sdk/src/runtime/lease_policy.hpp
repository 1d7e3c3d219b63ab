#pragma once

#include <conductor/environment.hpp>
#include <conductor/task.hpp>

#include <chrono>
#include <cstdint>
#include <string_view>

namespace conductor::runtime_detail {

/** @brief When the lease of one task is looked after. */
struct lease_options {
    /** @brief The task's response timeout; zero when it has none. */
    std::chrono::milliseconds response_timeout{0};
    /** @brief The part of it after which the lease is extended. */
    double threshold = 0.8;
    /** @brief Whether the lease is extended at all. */
    bool extend = true;
    /** @brief How often the task is read besides, to see whether it is still ours; zero for never.
     */
    std::chrono::milliseconds check_interval{0};
};

/** @brief Decides when the lease of one task is extended, and when the task is only looked at.
 *
 *  The server counts from when it handled the claim or the last extension, which is after they were
 *  sent; counting from sending is on the safe side.
 */
class lease_policy {
public:
    /** @brief For a task that was claimed by a call sent at `claimed`.
     *  @param chance  A random number of [0, 1): tasks claimed together are not extended together.
     */
    lease_policy(lease_options options, time_point claimed, double chance);

    /** @brief When to read the task next; `time_point::max()` for never. */
    time_point due() const;
    /** @brief Whether the lease is to be extended by now, not only the task to be read. */
    bool must_extend(time_point now) const { return now >= extend_at_; }
    /** @brief The lease was extended by a call sent at `sent`. */
    void extended(time_point sent, double chance);
    /** @brief The task was read, and is ours. */
    void checked(time_point now);
    /** @brief A call failed: tried again soon, often enough before the lease ends. */
    void failed(time_point now);
    /** @brief Nothing is due any more. */
    void end() { extend_at_ = check_at_ = time_point::max(); }
    /** @brief Claim or last extension. */
    time_point since() const { return since_; }

private:
    lease_options options_;
    time_point since_;
    time_point extend_at_ = time_point::max();
    time_point check_at_ = time_point::max();
};

/** @brief From when to count the lease of a task that the answer to a call has brought.
 *
 *  The server has claimed it while the call was under way, and a slow answer has used up part of
 *  the lease, so counting from sending is on the safe side. But a long poll may have been under way
 *  for longer than a short lease lasts: half of the time until the first extension is always left.
 *  @param sent  When the call was sent.
 *  @param now   When its answer has come. */
time_point lease_began(lease_options const& options, time_point sent, time_point now);

/** @brief Whose a task is that was read from the server. */
enum class ownership {
    /** @brief Claimed by us. */
    ours,
    /** @brief It has ended. */
    ended,
    /** @brief It waits in the queue again, or another worker holds it. */
    moved_on,
};

/** @brief Looks whether a task is still the one that was claimed.
 *  @param worker_id   Who claimed it.
 *  @param poll_count  How often it had been handed out by then.
 *  @par Source  Conductor `ExecutionService.poll`: sets `workerId` and counts `pollCount`. */
ownership ownership_of(task const& read, std::string_view worker_id, std::int64_t poll_count);

}  // namespace conductor::runtime_detail
