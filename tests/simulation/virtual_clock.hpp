#pragma once

#include "parking_lot.hpp"
#include "timeline.hpp"

#include <conductor/environment.hpp>

#include <algorithm>
#include <memory>
#include <utility>

namespace conductor::simulation {

/** @brief The clocks of one worker process on the simulation's time. Its wall clock may jump. */
class virtual_clock final : public clock {
public:
    /** @brief Waits of its timers are waits in `lot`. */
    virtual_clock(timeline& time, std::shared_ptr<parking_lot> lot)
        : time_(&time), lot_(std::move(lot)) {}

    time_point now() const override { return time_->now(); }
    std::chrono::system_clock::time_point wall() const override {
        return std::chrono::sys_days{std::chrono::year{2026} / 1 / 1} + time_->elapsed() + jumped_;
    }
    std::unique_ptr<timer> make_timer(boost::asio::any_io_executor) override {
        return std::make_unique<virtual_timer>(*time_, lot_);
    }
    /** @brief Somebody sets the wall clock. */
    void jump(std::chrono::milliseconds by) { jumped_ += by; }

private:
    class virtual_timer final : public timer {
    public:
        virtual_timer(timeline& time, std::shared_ptr<parking_lot> lot)
            : time_(&time), lot_(std::move(lot)) {}

        awaitable<void> wait_until(time_point until) override {
            waiting_ = lot_->take();
            if (until != time_point::max())
                time_->at(until, [lot = lot_, mine = waiting_] { lot->release(mine); });
            return lot_->wait(waiting_);
        }
        // A wait that has ended already is not there any more.
        void wake() override { lot_->release(std::exchange(waiting_, 0)); }

    private:
        timeline* time_;
        std::shared_ptr<parking_lot> lot_;
        parking_lot::ticket waiting_ = 0;
    };

    timeline* time_;
    std::shared_ptr<parking_lot> lot_;
    std::chrono::milliseconds jumped_{0};
};

}  // namespace conductor::simulation
