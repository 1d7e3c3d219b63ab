#pragma once

#include <conductor/environment.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace conductor::daemon {

/** @brief How bad an outage is so far. */
struct outage_note {
    /** @brief How long it has lasted. */
    std::chrono::nanoseconds lasted{0};
    /** @brief How many calls have failed in it. */
    std::size_t failures = 0;

    friend bool operator==(outage_note const&, outage_note const&) = default;
};

/** @brief Decides when to speak of calls that keep failing: at once, then once a minute, then of
 *  the end, and never more often when calls fail and succeed in turns.
 *
 *  Calls have names (a task type that is polled, a task whose result is sent). One outage lasts
 *  from the first failure until every name that failed has succeeded or was forgotten. Pure.
 */
class outage {
public:
    /** @brief The shortest time between two notes. */
    static constexpr std::chrono::seconds note_interval{60};

    /** @brief A call failed.
     *  @return What to say now; none when it was said lately. */
    std::optional<outage_note> failed(std::string_view name, time_point now);

    /** @brief A call succeeded, or will not be made again.
     *  @return What to say when this ends an outage that was spoken of. */
    std::optional<outage_note> ended(std::string_view name, time_point now);

private:
    std::set<std::string, std::less<>> failing_;
    time_point began_{};
    std::size_t failures_ = 0;
    std::optional<time_point> noted_;
    bool spoken_of_ = false;
};

}  // namespace conductor::daemon
