#pragma once

#include <conductor/environment.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <utility>

namespace conductor::test {

/** @brief The system's clock, which a test sets forward: for real sockets, and waits that no test
 *  can sit out. Waits that have begun before keep their length.
 *  @par Threads  Any. */
class shifted_clock final : public clock {
public:
    time_point now() const override { return system_->now() + shift(); }
    std::chrono::system_clock::time_point wall() const override {
        return system_->wall() + shift();
    }
    std::unique_ptr<timer> make_timer(boost::asio::any_io_executor executor) override {
        return std::make_unique<shifted_timer>(*this, system_->make_timer(std::move(executor)));
    }

    /** @brief Sets it forward. */
    void advance(std::chrono::seconds by) { seconds_ += by.count(); }

private:
    class shifted_timer final : public timer {
    public:
        shifted_timer(shifted_clock const& owner, std::unique_ptr<timer> real)
            : owner_(owner), real_(std::move(real)) {}

        awaitable<void> wait_until(time_point until) override {
            return real_->wait_until(until == time_point::max() ? until : until - owner_.shift());
        }
        void wake() override { real_->wake(); }

    private:
        shifted_clock const& owner_;
        std::unique_ptr<timer> real_;
    };

    std::chrono::seconds shift() const { return std::chrono::seconds{seconds_.load()}; }

    std::shared_ptr<clock> system_ = environment::system().clock;
    std::atomic<std::int64_t> seconds_{0};
};

}  // namespace conductor::test
