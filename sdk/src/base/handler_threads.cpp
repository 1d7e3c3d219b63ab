#include "base/handler_threads.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace conductor::base {

// Owned together by the pool and its threads, so that a busy thread may outlive the pool.
struct handler_threads::shared_state {
    std::mutex mutex;
    std::condition_variable ready;
    std::deque<std::function<void()>> jobs;
    std::size_t limit = 0;
    std::size_t threads = 0;
    std::size_t idle = 0;
    bool closed = false;

    static void work(std::shared_ptr<shared_state> const& state) {
        std::unique_lock lock(state->mutex);
        while (true) {
            ++state->idle;
            state->ready.wait(lock, [&] { return state->closed || !state->jobs.empty(); });
            --state->idle;
            if (state->jobs.empty()) return;
            auto job = std::move(state->jobs.front());
            state->jobs.pop_front();
            lock.unlock();
            job();
            job = nullptr;
            lock.lock();
        }
    }
};

handler_threads::handler_threads() : state_(std::make_shared<shared_state>()) {}

handler_threads::~handler_threads() {
    std::lock_guard const lock(state_->mutex);
    state_->closed = true;
    state_->ready.notify_all();
}

void handler_threads::reserve(std::size_t threads) {
    std::lock_guard const lock(state_->mutex);
    state_->limit += threads;
}

void handler_threads::post(std::function<void()> job) {
    std::lock_guard const lock(state_->mutex);
    state_->jobs.push_back(std::move(job));
    if (state_->jobs.size() > state_->idle && state_->threads < state_->limit) {
        std::thread(&shared_state::work, state_).detach();
        ++state_->threads;
        return;
    }
    state_->ready.notify_one();
}

}  // namespace conductor::base
