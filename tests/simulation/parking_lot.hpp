#pragma once

#include <conductor/environment.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <functional>
#include <unordered_map>

namespace conductor::simulation {

/** @brief Every coroutine of one worker process that waits for something waits here, so that a
 *  crash finds them all. */
class parking_lot {
public:
    /** @brief Names one wait; zero names none. */
    using ticket = std::uint64_t;

    /** @brief For a wait that is about to begin. */
    ticket take() { return ++last_; }
    /** @brief Waits until its ticket is released. */
    awaitable<void> wait(ticket mine);
    /** @brief Ends a wait; harmless when it has ended. */
    void release(ticket ended);
    /** @brief Destroys all coroutines that wait, and lets nobody wait any more. Their executor must
     *  still be there. */
    void crash();

private:
    ticket last_ = 0;
    bool crashed_ = false;
    std::unordered_map<ticket, std::function<void()>> parked_;
};

}  // namespace conductor::simulation
