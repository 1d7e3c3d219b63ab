#pragma once

#include <conductor/backoff.hpp>
#include <conductor/environment.hpp>
#include <conductor/error.hpp>

#include <chrono>
#include <optional>

namespace conductor::runtime_detail {

/** @brief Which of the server's two update calls. */
enum class update_call {
    /** @brief `POST /tasks`: repeatable. */
    plain,
    /** @brief `POST /tasks/update-v2`: brings the next task, not repeatable. */
    with_poll,
};

/** @brief What is known of the server's `update-v2`, shared by all deliveries.
 *
 *  On an empty queue the call holds slot and server for 200 ms, so it is for a backlog only.
 */
class update_v2_support {
public:
    /** @brief Which call to begin with. */
    update_call choose(bool wanted, time_point now) const;
    /** @brief The server does not know the call: not asked again for ten minutes, since a server
     *  may be upgraded while we run. */
    void missing(time_point now);

private:
    time_point retry_at_{};
};

/** @brief Delivers one result: which call, when again, when no more. */
class update_policy {
public:
    /** @brief What follows a failed attempt. */
    struct verdict {
        /** @brief How long to wait before the next attempt; none when there is none. */
        std::optional<std::chrono::milliseconds> delay;
        /** @brief The server lacks `update-v2` as far as this attempt can tell. */
        bool v2_missing = false;

        friend bool operator==(verdict const&, verdict const&) = default;
    };

    /** @param first    The call of the first attempt.
     *  @param give_up  No attempt begins after it. */
    update_policy(update_call first, backoff_options backoff, time_point give_up);

    /** @brief The call of the next attempt. */
    update_call call() const { return call_; }
    /** @brief An attempt failed. */
    verdict failed(failure const& error, time_point now, double chance);
    /** @brief The attempt succeeded: true when a 404 of `update-v2` before it must have meant the
     *  call, not the task. */
    bool proved_v2_missing() const { return v2_not_found_; }

private:
    update_call call_;
    backoff_options backoff_;
    time_point give_up_;
    unsigned failures_ = 0;
    bool v2_not_found_ = false;
};

}  // namespace conductor::runtime_detail
