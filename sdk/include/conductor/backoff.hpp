#pragma once

#include <chrono>

namespace conductor {

/** @brief How long to wait between attempts. */
struct backoff_options {
    /** @brief The longest wait before the second attempt. */
    std::chrono::milliseconds initial{50};
    /** @brief No wait is longer than this. */
    std::chrono::milliseconds max{std::chrono::seconds{30}};
    /** @brief Each further wait is so many times longer. */
    double factor = 2.0;
    /** @brief The part of a wait that is left to chance, from 0 (none) to 1 (all of it). */
    double jitter = 0.5;

    friend bool operator==(backoff_options const&, backoff_options const&) = default;
};

/** @brief The wait after a failed attempt.
 *
 *  @param attempt  How many attempts have failed so far, from 1.
 *  @param chance   A random number of [0, 1).
 *  @return Between `(1 - jitter)` of the exponential wait and all of it, never above `max`.
 */
std::chrono::milliseconds backoff_delay(backoff_options const& options, unsigned attempt,
                                        double chance) noexcept;

}  // namespace conductor
