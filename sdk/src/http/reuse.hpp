#pragma once

#include <conductor/http/request.hpp>

#include <chrono>

namespace conductor::http {

/** @brief What to do with a kept connection before using it again. */
enum class idle_verdict {
    /** @brief Use it: the peer had no time to lose interest. */
    use,
    /** @brief Ask the operating system first whether the peer closed it. */
    probe,
    /** @brief Close it. */
    drop,
};

/** @brief Judges a kept connection by how long it was idle. */
idle_verdict judge_idle(std::chrono::nanoseconds idle_for, std::chrono::milliseconds idle_max);

/** @brief How far a failed attempt came. */
struct attempt_progress {
    /** @brief The connection had served a request before. */
    bool on_kept_connection = false;
    /** @brief Some byte of the request may have left. */
    bool may_have_arrived = false;
    /** @brief Some byte of an answer came. */
    bool answer_began = false;
    /** @brief The peer closed or reset the connection, rather than a time limit or a stop. */
    bool peer_closed = false;
};

/** @brief Whether doing a request twice is harmless: as it says, else by its method. */
bool is_repeatable(request const& request);

/** @brief Whether a request that failed may be sent once more, unseen by the caller: only when a
 *  kept connection turned out dead, and either nothing left or repeating is harmless. */
bool may_repeat(request const& request, attempt_progress const& progress);

}  // namespace conductor::http
