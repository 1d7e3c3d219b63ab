#pragma once

#include <conductor/backoff.hpp>
#include <conductor/environment.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace conductor::runtime_detail {

/** @brief Decides when to look for claims whose answers were lost, and whether the server's search
 *  can be trusted.
 *
 *  A call that failed here may still be on its way to the server, so one look is not enough. Where
 *  the server keeps no index, a search finds nothing and says so with success: it counts only once
 *  it has shown a task that is known to be in flight.
 */
class recovery_policy {
public:
    /** @brief A call that claims tasks of the type failed, and may have claimed some. */
    void suspect(std::string const& type, time_point now);
    /** @brief The type to look for now; none when none is due. */
    std::optional<std::string> due(time_point now) const;
    /** @brief When one is due; `time_point::max()` for never. */
    time_point next() const;
    /** @brief A look at the type is done. */
    void looked(std::string const& type, time_point now);
    /** @brief A look failed in a way that may pass; the next one is after 1 s, later after 8 s. */
    void failed(std::string const& type, time_point now);

    /** @brief A task that was found is read, to be given back. */
    void seek(std::string_view task_id) { sought_ = task_id; }
    /** @brief A claim of the task has been heard of after all: what was read of it is out of date.
     */
    void heard_of(std::string_view task_id) {
        if (sought_ == task_id) sought_.clear();
    }
    /** @brief Whether the task is still sought. */
    bool seeks(std::string_view task_id) const { return sought_ == task_id; }
    /** @brief A claim was found, and goes back: an answer that brings it yet comes too late. */
    void gave_back(std::string_view task_id, std::int64_t poll_count);
    /** @brief Whether it has gone back; the last thousand are known. */
    bool has_given_back(std::string_view task_id, std::int64_t poll_count) const;

    /** @brief The search showed a task that is in flight. */
    void shown() { trusted_ = true; }
    /** @brief The search has shown a task that is in flight at some time. */
    bool is_trusted() const { return trusted_; }
    /** @brief The search is of no use: nobody asks for a while. */
    void unavailable(time_point now);

private:
    struct suspicion {
        time_point since;
        time_point due;
        std::size_t looks = 0;
        unsigned failures = 0;
    };

    struct claim {
        std::string task_id;
        std::int64_t poll_count;
    };

    std::map<std::string, suspicion> suspicions_;
    std::string sought_;
    std::deque<claim> given_back_;
    bool trusted_ = false;
    time_point unavailable_until_{};
};

}  // namespace conductor::runtime_detail
