#include "runtime/poll_policy.hpp"

#include <algorithm>

namespace conductor::runtime_detail {
namespace {

// A long poll that took longer was waiting for its task: the queue was empty. The server's queues
// look again after 100 ms.
constexpr std::chrono::milliseconds at_once{50};

}  // namespace

poll_policy::poll_policy(worker_options const& options, backoff_options failures)
    : interval_(options.poll_interval), timeout_(options.poll_timeout), backoff_(failures) {}

poll_step poll_policy::next(std::size_t free, time_point now) const {
    if (free == 0) return {.until = time_point::max()};
    if (now < resume_at_) return {.until = resume_at_};
    if (full_) return {.count = free};
    return {.count = 1, .wait = timeout_};
}

void poll_policy::answered(poll_step const& asked, std::size_t got, span when, double chance) {
    failures_ = 0;
    full_ = got >= asked.count;
    backlog_ = full_ && (asked.wait.count() == 0 || when.ended - when.started < at_once);
    // A long poll that the server held has used up the interval; one that came back at once has
    // not. After a poll that did not wait, the long poll follows at once.
    bool const idle = got == 0 && asked.wait.count() > 0;
    auto const jittered =
        std::chrono::duration_cast<time_point::duration>(interval_ * (1.0 - 0.2 * chance));
    resume_at_ = idle ? when.started + jittered : time_point{};
}

std::chrono::milliseconds poll_policy::failed(failure const& error, time_point now, double chance) {
    ++failures_;
    full_ = backlog_ = false;
    auto delay = backoff_delay(backoff_, failures_, chance);
    if (error.retry_after) delay = std::max<std::chrono::milliseconds>(delay, *error.retry_after);
    resume_at_ = now + delay;
    return delay;
}

}  // namespace conductor::runtime_detail
