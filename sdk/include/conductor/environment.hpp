#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

namespace conductor {

/** @brief A coroutine of Boost.Asio. */
template <class T>
using awaitable = boost::asio::awaitable<T>;

/** @brief A point on the monotonic clock. */
using time_point = std::chrono::steady_clock::time_point;

/** @brief A wait that can be ended early; also used as a condition variable of one thread. */
class timer {
public:
    virtual ~timer() = default;
    /** @brief Waits until the time has come or `wake()` is called; returns normally in both cases.
     *  @param until  `time_point::max()` waits for `wake()` alone.
     *  @par Threads  One waiter at a time, on the executor's thread. */
    virtual awaitable<void> wait_until(time_point until) = 0;
    /** @brief Ends the wait under way; without one it does nothing (nothing is remembered). */
    virtual void wake() = 0;
};

/** @brief Where time comes from. */
class clock {
public:
    virtual ~clock() = default;
    /** @brief Monotonic time, for durations and deadlines. */
    virtual time_point now() const = 0;
    /** @brief Wall-clock time, for stamps that leave the process. */
    virtual std::chrono::system_clock::time_point wall() const = 0;
    /** @brief A new timer whose waiters run on `executor`. */
    virtual std::unique_ptr<timer> make_timer(boost::asio::any_io_executor executor) = 0;
};

/** @brief Where chance comes from. */
class random_source {
public:
    virtual ~random_source() = default;
    /** @brief A number of [0, 1). */
    virtual double unit() = 0;
};

/** @brief Where blocking handlers run. */
class handler_executor {
public:
    virtual ~handler_executor() = default;
    /** @brief Sets aside threads so that `threads` more jobs can run at once. */
    virtual void reserve(std::size_t threads) = 0;
    /** @brief Runs `job` on a thread of its own choice, soon. A job does not throw. */
    virtual void post(std::function<void()> job) = 0;
};

/** @brief All that the SDK takes from the outside world besides the network. Copies share. */
struct environment {
    /** @brief Where time comes from. */
    std::shared_ptr<conductor::clock> clock;
    /** @brief Where chance comes from. */
    std::shared_ptr<random_source> random;
    /** @brief Where blocking handlers run. */
    std::shared_ptr<handler_executor> handlers;

    /** @brief The system's clock, a seeded generator and real threads. */
    static environment system();
};

}  // namespace conductor
