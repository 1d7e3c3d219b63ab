#pragma once

#include "chance.hpp"

#include <conductor/environment.hpp>

#include <cstdint>
#include <functional>
#include <queue>
#include <tuple>
#include <vector>

namespace conductor::simulation {

/** @brief Virtual time, and what is to happen when. Events of one moment come in any order. */
class timeline {
public:
    /** @brief Begins at an arbitrary point. */
    explicit timeline(chance order) : order_(order) {}

    /** @brief The time. */
    time_point now() const { return now_; }
    /** @brief Since the beginning. */
    std::chrono::milliseconds elapsed() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(now_ - origin);
    }
    /** @brief Something happens at a time; what is past already happens now. */
    void at(time_point when, std::function<void()> event) {
        events_.push({std::max(when, now_), order_.next(), std::move(event)});
    }
    /** @brief Something happens after a while. */
    void after(std::chrono::nanoseconds delay, std::function<void()> event) {
        at(now_ + delay, std::move(event));
    }
    /** @brief An event is due at this very moment. */
    bool is_due() const { return !events_.empty() && events_.top().when <= now_; }
    /** @brief Leaps to the next event and lets it happen; false when there is none. */
    bool step() {
        if (events_.empty()) return false;
        auto next = std::move(const_cast<entry&>(events_.top()));
        events_.pop();
        now_ = next.when;
        ++happened_;
        next.event();
        return true;
    }
    /** @brief How many events have happened. */
    std::uint64_t happened() const { return happened_; }

private:
    struct entry {
        time_point when;
        std::uint64_t order;
        std::function<void()> event;

        bool operator<(entry const& other) const {
            return std::tie(other.when, other.order) < std::tie(when, order);
        }
    };

    static constexpr time_point origin{std::chrono::hours{1000}};

    chance order_;
    time_point now_ = origin;
    std::uint64_t happened_ = 0;
    std::priority_queue<entry> events_;
};

}  // namespace conductor::simulation
