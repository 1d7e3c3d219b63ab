#pragma once

#include <conductor/environment.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list.hpp>

#include <chrono>
#include <memory>

namespace conductor::base {

class watchdog;

/** @brief The point in time that lies `timeout` after `now`; a timeout of many years is cut. */
time_point deadline_after(time_point now, std::chrono::milliseconds timeout) noexcept;

/** @brief Something that has a deadline now and then. */
class watched : public boost::intrusive::list_base_hook<> {
public:
    watched() = default;
    watched(watched const&) = delete;
    watched& operator=(watched const&) = delete;
    /** @brief Ends the watch. */
    virtual ~watched();

    /** @brief Whether the deadline passed while it was watched. */
    bool expired() const { return expired_; }

private:
    friend class watchdog;

    /** @brief The deadline has passed; called once, from the executor's loop. */
    virtual void expire() noexcept = 0;

    watchdog* watchdog_ = nullptr;
    time_point deadline_{};
    bool expired_ = false;
};

/** @brief Many deadlines on one timer.
 *
 *  Deadlines are far away and hardly ever pass, so beginning and ending one costs a list operation
 *  and touches no timer: the timer stands at the nearest deadline of a while ago and is set anew
 *  when it fires. It stands still when nothing is watched, so it keeps no event loop running.
 *  @par Threads  The executor's one thread.
 */
class watchdog : public std::enable_shared_from_this<watchdog> {
public:
    /** @brief Runs `watched::expire()` on `executor`. Make it by `std::make_shared`. */
    explicit watchdog(boost::asio::any_io_executor executor);
    watchdog(watchdog const&) = delete;
    watchdog& operator=(watchdog const&) = delete;
    ~watchdog();

    /** @brief Gives `object` a deadline, in place of the one it may have. */
    void watch(watched& object, time_point deadline);
    /** @brief Takes the deadline away; harmless without one. */
    void release(watched& object);

private:
    void arm(time_point until);
    void fire();

    boost::asio::steady_timer timer_;
    boost::intrusive::list<watched> objects_;
    time_point armed_until_ = time_point::max();
};

}  // namespace conductor::base
