#pragma once

#include <conductor/environment.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace conductor::daemon {

/** @brief Counts what happened in the last minute, to the second. Pure. */
class task_rate {
public:
    /** @brief Something happened; `now` never goes back. */
    void count(time_point now);
    /** @brief How often it happened in the 60 seconds before `now`. */
    std::size_t last_minute(time_point now) const;

private:
    struct second {
        std::int64_t number = -1;
        std::size_t count = 0;
    };
    std::array<second, 60> seconds_{};
};

}  // namespace conductor::daemon
