#pragma once

#include <conductor/backoff.hpp>
#include <conductor/environment.hpp>
#include <conductor/error.hpp>
#include <conductor/worker.hpp>

#include <chrono>
#include <cstddef>
#include <optional>

namespace conductor::runtime_detail {

/** @brief What a poll loop does next. */
struct poll_step {
    /** @brief Ask for so many tasks; zero means do not ask. */
    std::size_t count = 0;
    /** @brief How long the server may hold the poll. */
    std::chrono::milliseconds wait{0};
    /** @brief With `count` zero: wait until then, or until a slot becomes free. */
    time_point until{};

    friend bool operator==(poll_step const&, poll_step const&) = default;
};

/** @brief Decides when to poll one task type, for how many tasks, and how long the server may wait.
 *
 *  The SQL queues of the server hold a long poll until it is *full*, so a long poll asks for one
 *  task; what else is there is fetched by a second poll that does not wait. While polls come back
 *  full there is a backlog, and none of them waits.
 *
 *  A held poll finds a task late: the server looks into its queue only every 100 ms. So a type that
 *  had a task a moment ago is *brisk*: it asks by polls that do not wait, a quarter of the interval
 *  apart at first and further apart the longer nothing comes, until the long poll takes over.
 */
class poll_policy {
public:
    /** @brief For a type's options and the waits after failures. */
    poll_policy(worker_options const& options, backoff_options failures);

    /** @brief The next step with so many free slots. */
    poll_step next(std::size_t free, time_point now) const;
    /** @brief When a poll was sent and answered. */
    struct span {
        /** @brief Sent; empty polls keep their distance from start to start. */
        time_point started;
        /** @brief Answered. */
        time_point ended;
    };

    /** @brief A poll of `asked` brought `got` tasks.
     *  @param apart  The shortest time between two polls of a brisk type.
     *  @param chance  A random number of [0, 1). */
    void answered(poll_step const& asked, std::size_t got, span when,
                  std::chrono::milliseconds apart, double chance);
    /** @brief A report asked for a task and brought none: the last one has only just come. */
    void ran_out(time_point now) { last_task_ = now; }
    /** @brief A poll was not sent after all; the next one keeps its distance, of 1 ms at least. */
    void withdrawn(time_point now, double chance);
    /** @brief A poll failed; gives how long the next one waits. */
    std::chrono::milliseconds failed(failure const& error, time_point now, double chance);
    /** @brief Whether the type had a task a moment ago: within four intervals. */
    bool brisk(time_point now) const;
    /** @brief More tasks are waiting, as far as the last poll can tell: it was full, and the server
     *  did not have to wait for what it gave. */
    bool backlog() const { return backlog_; }

private:
    std::chrono::milliseconds interval_;
    std::chrono::milliseconds timeout_;
    backoff_options backoff_;
    bool full_ = false;
    bool backlog_ = false;
    // The next poll does not wait.
    bool looks_ = false;
    std::optional<time_point> last_task_{};
    unsigned failures_ = 0;
    time_point resume_at_{};
};

}  // namespace conductor::runtime_detail
