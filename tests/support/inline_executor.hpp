#pragma once

#include <conductor/environment.hpp>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>

namespace conductor::test {

/** @brief Runs handlers without threads of its own: in `post()` itself, or when the test says so.
 *
 *  @par Threads  Any. */
class inline_executor final : public handler_executor {
public:
    /** @brief When a job runs. */
    enum class mode {
        /** @brief In `post()`. */
        at_once,
        /** @brief In `run_next()`, on the thread that calls it. */
        when_told,
    };

    /** @brief Without jobs. */
    explicit inline_executor(mode when = mode::at_once) : mode_(when) {}

    void reserve(std::size_t threads) override;
    void post(std::function<void()> job) override;

    /** @brief Runs the job that waits for longest; false when none waits. */
    bool run_next();
    /** @brief Waits until `count` jobs wait; false when the time limit of tests was reached. */
    bool wait_for_jobs(std::size_t count) const;
    /** @brief How many jobs wait. */
    std::size_t jobs() const;
    /** @brief How many threads were set aside in all. */
    std::size_t reserved() const;

private:
    mode mode_;
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::deque<std::function<void()>> jobs_;
    std::size_t reserved_ = 0;
};

}  // namespace conductor::test
