#pragma once

#include <conductor/environment.hpp>
#include <conductor/error.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace conductor::daemon {

/** @brief Decides whether a call that was answered by 429 is made again, and when.
 *
 *  Whoever answers so, a gateway before the server as a rule, has not done what was asked, so any
 *  call may be repeated. */
class throttle {
public:
    /** @brief A call failed.
     *  @param chance  A random number of [0, 1).
     *  @return How long to wait; none when it failed otherwise, or has been repeated five times, or
     *  is asked to wait for more than a minute. */
    std::optional<std::chrono::milliseconds> next(failure const& error, double chance);

private:
    unsigned failures_ = 0;
};

/** @brief Waits as a `throttle` decides, and says so. */
class throttled_wait {
public:
    /** @brief Waits on the clock of `around`; each wait is spoken of to `trouble`. */
    throttled_wait(environment around, boost::asio::any_io_executor executor,
                   std::function<void(std::string const&)> trouble);

    /** @brief Another call begins, with all its repetitions. */
    void begin() { decisions_ = {}; }
    /** @brief The call failed: waits before the next attempt; false when there is none. */
    awaitable<bool> before_next(failure error);
    /** @brief Ends the wait under way. */
    void wake() { timer_->wake(); }

private:
    environment around_;
    std::unique_ptr<timer> timer_;
    std::function<void(std::string const&)> trouble_;
    throttle decisions_;
};

}  // namespace conductor::daemon
