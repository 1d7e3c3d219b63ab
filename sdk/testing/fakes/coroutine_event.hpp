#pragma once

#include <conductor/environment.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <memory>

namespace conductor::test {

/** @brief A condition variable for the coroutines of one executor.
 *
 *  A coroutine that checks something and then waits misses no `notify()` in between.
 *  @par Threads  Waits on the executor's thread, `notify()` anywhere. */
class coroutine_event {
public:
    /** @brief Without waiters. */
    explicit coroutine_event(boost::asio::any_io_executor executor);

    /** @brief Ends all waits under way, soon. */
    void notify();
    /** @brief Waits for `notify()`, or until a time; may also end without cause. */
    awaitable<void> wait(
        std::chrono::steady_clock::time_point until = std::chrono::steady_clock::time_point::max());

private:
    struct waiters;
    std::shared_ptr<waiters> waiters_;
};

}  // namespace conductor::test
