#pragma once

#include <conductor/environment.hpp>

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace conductor::test {

/** @brief A clock that stands still until the test moves it.
 *
 *  Make it by `std::make_shared`; it must outlive its timers.
 *  @par Threads  Any. */
class manual_clock final : public clock, public std::enable_shared_from_this<manual_clock> {
public:
    /** @brief Stands at an arbitrary point of both scales. */
    manual_clock() = default;

    time_point now() const override;
    std::chrono::system_clock::time_point wall() const override;
    std::unique_ptr<timer> make_timer(boost::asio::any_io_executor executor) override;

    /** @brief Moves both scales, and ends the waits whose time has come, the earliest first. */
    void advance(std::chrono::nanoseconds by);
    /** @brief Moves to the earliest time that somebody waits for.
     *  @return False, and nothing moved, when nobody waits for a time. */
    bool advance_to_next();

    /** @brief How many wait, for a time or for `timer::wake()` alone. */
    std::size_t sleepers() const;
    /** @brief The earliest time that somebody waits for. */
    std::optional<time_point> next() const;
    /** @brief Waits until `count` wait at once; false when the time limit of tests was reached. */
    bool wait_for_sleepers(std::size_t count) const;
    /** @brief Waits until somebody waits for exactly this time; false when the time limit of tests
     *  was reached. */
    bool wait_for_sleeper_until(time_point until) const;

private:
    class manual_timer;
    struct wait;

    std::optional<time_point> next_locked() const;

    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::chrono::nanoseconds moved_{0};
    std::vector<std::shared_ptr<wait>> waits_;
};

}  // namespace conductor::test
