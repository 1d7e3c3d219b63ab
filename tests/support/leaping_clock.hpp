#pragma once

#include "fakes/coroutine_event.hpp"

#include <conductor/environment.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>
#include <vector>

namespace conductor::test {

/** @brief A clock on which every wait is over at once: it leaps to the time that is waited for. A
 *  wait without a time waits for `wake()`, as on any clock.
 *
 *  For code that waits for one time at once; else take `manual_clock`. Make it by
 *  `std::make_shared`.
 *  @par Threads  One. */
class leaping_clock final : public clock, public std::enable_shared_from_this<leaping_clock> {
public:
    time_point now() const override { return time_point{std::chrono::hours{1000}} + moved_; }
    std::chrono::system_clock::time_point wall() const override {
        return std::chrono::sys_days{std::chrono::year{2026} / 1 / 1} + moved_;
    }
    std::unique_ptr<timer> make_timer(boost::asio::any_io_executor executor) override {
        return std::make_unique<leaping_timer>(shared_from_this(), std::move(executor));
    }

    /** @brief Lets time pass. */
    void advance(std::chrono::milliseconds by) { moved_ += by; }
    /** @brief How long each wait was, in order. */
    std::vector<std::chrono::milliseconds> const& waits() const { return waits_; }

private:
    class leaping_timer final : public timer {
    public:
        leaping_timer(std::shared_ptr<leaping_clock> owner, boost::asio::any_io_executor executor)
            : owner_(std::move(owner)), woken_(std::move(executor)) {}

        awaitable<void> wait_until(time_point until) override {
            if (until == time_point::max()) {
                co_await woken_.wait();
                co_return;
            }
            auto const wait = std::chrono::ceil<std::chrono::milliseconds>(until - owner_->now());
            owner_->waits_.push_back(std::max(wait, std::chrono::milliseconds{0}));
            owner_->moved_ += owner_->waits_.back();
        }
        void wake() override { woken_.notify(); }

    private:
        std::shared_ptr<leaping_clock> owner_;
        coroutine_event woken_;
    };

    std::chrono::milliseconds moved_{0};
    std::vector<std::chrono::milliseconds> waits_;
};

}  // namespace conductor::test
