#pragma once

#include "coroutine_event.hpp"

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace conductor::test {

/** @brief Holds coroutines of one executor until the test lets them go.
 *
 *  @par Threads  `pass()` on the executor's thread, the rest anywhere. */
class gate {
public:
    /** @brief A closed gate. */
    explicit gate(boost::asio::any_io_executor executor);

    /** @brief Lets all through, now and from now on. */
    void open();
    /** @brief Waits for some to stand before the gate.
     *  @return Whether `count` have come within the time limit of tests. */
    bool wait_for_arrivals(std::size_t count = 1);
    /** @brief Waits until the gate is open. */
    awaitable<void> pass();

private:
    bool is_open() const;

    coroutine_event opened_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t arrivals_ = 0;
    bool open_ = false;
};

}  // namespace conductor::test
