#pragma once

#include <conductor/environment.hpp>

#include <chrono>
#include <optional>

namespace conductor::workers {

/** @brief How long one claim of a task may go on before the server would take the task back.
 *
 *  New requests begin in the first 60 % of the time to the deadline; the rest is for the last
 *  request and for reporting. Pure.
 */
class time_budget {
public:
    /** @brief A budget that begins at `now`.
     *  @param deadline  None for no limit. */
    time_budget(time_point now, std::optional<time_point> deadline);

    /** @brief How long requests may still begin; zero when the time is up. */
    std::chrono::nanoseconds left(time_point now) const;

    /** @brief Limit of a request that begins at `now`: at most 30 s, and always over before the
     *  deadline. */
    std::chrono::milliseconds request_timeout(time_point now) const;

private:
    time_point begin_until_ = time_point::max();
    std::optional<time_point> deadline_;
};

}  // namespace conductor::workers
