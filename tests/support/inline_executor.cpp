#include "inline_executor.hpp"

#include "fakes/time_limit.hpp"

#include <utility>

namespace conductor::test {

void inline_executor::reserve(std::size_t threads) {
    std::lock_guard lock{mutex_};
    reserved_ += threads;
}

void inline_executor::post(std::function<void()> job) {
    if (mode_ == mode::at_once) {
        job();
        return;
    }
    std::lock_guard lock{mutex_};
    jobs_.push_back(std::move(job));
    changed_.notify_all();
}

bool inline_executor::run_next() {
    std::function<void()> job;
    {
        std::lock_guard lock{mutex_};
        if (jobs_.empty()) return false;
        job = std::move(jobs_.front());
        jobs_.pop_front();
    }
    job();
    return true;
}

bool inline_executor::wait_for_jobs(std::size_t count) const {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, time_limit, [&] { return jobs_.size() >= count; });
}

std::size_t inline_executor::jobs() const {
    std::lock_guard lock{mutex_};
    return jobs_.size();
}

std::size_t inline_executor::reserved() const {
    std::lock_guard lock{mutex_};
    return reserved_;
}

}  // namespace conductor::test
