#pragma once

#include <conductor/environment.hpp>

#include <chrono>
#include <optional>

namespace conductor::workers {

/** @brief When a request to a sink may leave. */
struct pace_turn {
    /** @brief The moment. */
    time_point at;
    /** @brief Whether the moment is set aside for the asker; false when it is too far away. */
    bool granted = false;

    friend bool operator==(pace_turn const&, pace_turn const&) = default;
};

/** @brief Spaces the requests of all tasks to one sink evenly.
 *
 *  Time that nobody used is gone: it never turns into a burst. Pure: the caller does the waiting.
 *  @par Threads  The runtime's thread.
 */
class pacer {
public:
    /** @brief Asks for the next moment that is `interval` after the last one that was granted.
     *
     *  @param patience  How long the asker would wait; a moment later than that is not granted.
     */
    pace_turn take(time_point now, std::chrono::nanoseconds interval,
                   std::chrono::nanoseconds patience);

    /** @brief Grants nothing before `until`: the sink has asked for a rest. */
    void pause(time_point until);

    /** @brief Whether the sink is to be left alone at `now`; also ends moments already granted. */
    bool paused(time_point now) const;

private:
    std::optional<time_point> last_;
    std::optional<time_point> pause_end_;
};

}  // namespace conductor::workers
