#pragma once

#include "support/fixed_random.hpp"
#include "support/inline_executor.hpp"
#include "support/manual_clock.hpp"
#include "support/recording_observer.hpp"
#include "support/scripted_task_api.hpp"

#include <conductor/runtime.hpp>

#include <gtest/gtest.h>
#include <boost/asio/post.hpp>

#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace conductor::test {

/** @brief A whole runtime without socket and clock: the test scripts the server, moves the time and
 *  runs the blocking handlers. */
class running_runtime {
public:
    explicit running_runtime(runtime_options options = {})
        : runtime_([this](auto executor) { return make_api(executor); },
                   {clock, std::make_shared<fixed_random>(), handlers}, with_observer(options)) {}

    ~running_runtime() {
        if (!report_.valid()) return;
        runtime_.abort();
        // Whatever still waits for time gets all of it, so that the loop ends wherever it stands.
        while (report_.wait_for(std::chrono::milliseconds{1}) != std::future_status::ready)
            clock->advance_to_next();
    }

    template <class Function>
    void add(Function function, worker_options options = {}) {
        runtime_.add("greet", std::move(function), std::move(options));
    }

    void start() {
        report_ =
            std::async(std::launch::async, [this] { return runtime_.run(std::stop_token{}); });
    }

    /** @brief Starts with two slots: a task `t` is about to run, and a poll is under way. */
    void start_with_one_task() {
        add([] {}, {.slots = 2});
        start();
        hand_out({"t"});
        EXPECT_TRUE(handlers->wait_for_jobs(1));
        EXPECT_TRUE(api->wait_for(call_kind::poll, 2));
    }

    /** @brief The runtime, for what may be called from any thread. */
    runtime& served() { return runtime_; }
    /** @brief What it knows of itself, asked for on its thread. */
    runtime_status status() {
        std::promise<runtime_status> told;
        boost::asio::post(runtime_.get_executor(), [&] { told.set_value(runtime_.status()); });
        return told.get_future().get();
    }

    void drain() { runtime_.drain(); }
    void abort() { runtime_.abort(); }

    /** @brief Drains; whatever poll is under way or still begins finds nothing. */
    void drain_idle() {
        drain();
        api->polls.settle(std::vector<task>{});
    }

    /** @brief Waits for the end. */
    run_report join() { return report_.get(); }

    /** @brief Answers the poll under way, or the next one. */
    void hand_out(std::vector<std::string> const& ids, boost::json::object const& extra = {}) {
        std::vector<task> tasks;
        for (auto const& id : ids) tasks.push_back(make_task("greet", id, extra));
        api->polls.push(std::move(tasks));
    }

    /** @brief What was reported, by either call, once there are `count` reports. */
    std::vector<task_update> reports(std::size_t count) {
        EXPECT_TRUE(observer->wait_for(event_kind::updated, count));
        std::vector<task_update> updates;
        for (auto const& call : api->calls())
            if (call.kind == call_kind::update || call.kind == call_kind::update_and_poll)
                updates.push_back(call.update);
        return updates;
    }

    std::shared_ptr<manual_clock> const clock = std::make_shared<manual_clock>();
    std::shared_ptr<inline_executor> const handlers =
        std::make_shared<inline_executor>(inline_executor::mode::when_told);
    std::shared_ptr<recording_observer> const observer = std::make_shared<recording_observer>();
    std::shared_ptr<scripted_task_api> api;

private:
    std::shared_ptr<task_api> make_api(boost::asio::any_io_executor executor) {
        api = std::make_shared<scripted_task_api>(std::move(executor));
        return api;
    }

    runtime_options with_observer(runtime_options options) const {
        options.observer = observer;
        return options;
    }

    runtime runtime_;
    std::future<run_report> report_;
};

}  // namespace conductor::test
