#pragma once

#include "fakes/fake_conductor.hpp"
#include "fakes/time_limit.hpp"
#include "support/recording_observer.hpp"

#include <conductor/conductor.hpp>

#include <gtest/gtest.h>

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace conductor::test {

/** @brief A runtime's `run()` on a thread of its own, stopped at the latest with it. */
class background_run {
public:
    /** @brief Runs it. */
    explicit background_run(runtime& served)
        : thread_([this, &served](std::stop_token stop) { report_ = served.run(stop); }) {}

    /** @brief Waits for its end. */
    run_report join() {
        thread_.join();
        return report_;
    }
    /** @brief Requests its end and waits for it. */
    run_report stop() {
        thread_.request_stop();
        return join();
    }

private:
    run_report report_;
    std::jthread thread_;
};

/** @brief A door that handlers wait at until the test opens it. */
class door {
public:
    /** @brief Lets all through, now and from now on. */
    void open() {
        std::lock_guard lock{mutex_};
        open_ = true;
        changed_.notify_all();
    }
    /** @brief Waits for the door to open, or for a stop; true when it is open. */
    bool wait(std::stop_token stop = {}) {
        std::unique_lock lock{mutex_};
        ++waiting_;
        changed_.notify_all();
        return changed_.wait(lock, std::move(stop), [&] { return open_; });
    }
    /** @brief Waits until so many have come in all; false when the time limit was reached. */
    bool wait_for_arrivals(std::size_t count) {
        std::unique_lock lock{mutex_};
        return changed_.wait_for(lock, time_limit, [&] { return waiting_ >= count; });
    }

private:
    std::mutex mutex_;
    std::condition_variable_any changed_;
    bool open_ = false;
    std::size_t waiting_ = 0;
};

/** @brief A runtime with the system's clock and threads against a fake server. */
class runtime_case : public ::testing::Test {
protected:
    /** @brief A runtime against a server, with short waits and this case's observer. */
    std::unique_ptr<runtime> make_runtime(fake_conductor const& server,
                                          client_options client = {}) {
        client.server_url = server.url();
        runtime_options options;
        options.worker_id = "loopback-worker";
        options.poll_backoff = {std::chrono::milliseconds{10}, std::chrono::milliseconds{50}};
        options.update_backoff = {std::chrono::milliseconds{5}, std::chrono::milliseconds{50}};
        options.observer = observer_;
        options.grace = grace_;
        options.abort_grace = abort_grace_;
        return std::make_unique<runtime>(std::move(client), std::move(options));
    }

    /** @brief Queues equal tasks and gives their ids. */
    static std::vector<std::string> enqueue(fake_conductor& server, std::string const& type,
                                            std::size_t count) {
        std::vector<std::string> ids;
        while (ids.size() < count) ids.push_back(server.enqueue({.type = type}));
        return ids;
    }

    /** @brief How many requests of a path a server has received. */
    static std::size_t requests_to(fake_conductor& server, std::string_view path) {
        std::size_t count = 0;
        for (auto const& each : server.http().requests()) count += each.path() == path ? 1 : 0;
        return count;
    }

    std::shared_ptr<recording_observer> observer_ = std::make_shared<recording_observer>();
    std::chrono::milliseconds grace_{time_limit};
    std::chrono::milliseconds abort_grace_{time_limit};
};

}  // namespace conductor::test
