#include "runtime/poll_policy.hpp"

#include <algorithm>
#include <utility>

namespace conductor::runtime_detail {
namespace {

// A long poll that took longer was waiting for its task: the queue was empty. The server's queues
// look again after 100 ms.
constexpr std::chrono::milliseconds at_once{50};
// Looks of a brisk type in the time between two polls of an idle one.
constexpr int looks_per_interval = 4;

}  // namespace

poll_policy::poll_policy(worker_options const& options, backoff_options failures)
    : interval_(options.poll_interval), timeout_(options.poll_timeout), backoff_(failures) {}

poll_step poll_policy::next(std::size_t free, time_point now) const {
    if (free == 0) return {.until = time_point::max()};
    if (now < resume_at_) return {.until = resume_at_};
    if (full_ || looks_) return {.count = free};
    return {.count = 1, .wait = timeout_};
}

bool poll_policy::brisk(time_point now) const {
    return last_task_ && now - *last_task_ < looks_per_interval * interval_;
}

void poll_policy::answered(poll_step const& asked, std::size_t got, span when,
                           std::chrono::milliseconds apart, double chance) {
    using duration = time_point::duration;
    failures_ = 0;
    if (got > 0) last_task_ = when.ended;
    // What a look finds has only just come, unless the poll before it was full.
    bool const was_full = std::exchange(full_, got >= asked.count);
    bool const waits = asked.wait.count() > 0;
    backlog_ = full_ && (waits ? when.ended - when.started < at_once : was_full);

    auto const jitter = 1.0 - 0.2 * chance;
    auto gap = std::max<duration>(apart, interval_ / looks_per_interval);
    if (last_task_) gap = std::max(gap, (when.ended - *last_task_) / looks_per_interval);
    looks_ = !full_ && brisk(when.ended) && gap < interval_;
    // A long poll that the server held has used up the interval; one that came back at once has
    // not. After a poll that did not wait, the long poll follows at once, if there is one.
    if (looks_)
        resume_at_ = when.ended + std::chrono::duration_cast<duration>(gap * jitter);
    else if (got == 0 && (waits || timeout_.count() == 0))
        resume_at_ = when.started + std::chrono::duration_cast<duration>(interval_ * jitter);
    else
        resume_at_ = time_point{};
}

void poll_policy::withdrawn(time_point now, double chance) {
    auto const jittered =
        std::chrono::duration_cast<time_point::duration>(interval_ * (1.0 - 0.2 * chance));
    resume_at_ = now + std::max<time_point::duration>(jittered, std::chrono::milliseconds{1});
}

std::chrono::milliseconds poll_policy::failed(failure const& error, time_point now, double chance) {
    ++failures_;
    full_ = backlog_ = looks_ = false;
    auto delay = backoff_delay(backoff_, failures_, chance);
    if (error.retry_after) delay = std::max<std::chrono::milliseconds>(delay, *error.retry_after);
    resume_at_ = now + delay;
    return delay;
}

}  // namespace conductor::runtime_detail
