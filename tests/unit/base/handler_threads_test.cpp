#include "base/handler_threads.hpp"

#include <gtest/gtest.h>

#include <future>
#include <latch>
#include <memory>
#include <thread>

namespace conductor::base {
namespace {

TEST(HandlerThreadsTest, RunsAsManyJobsAtOnceAsWereReserved) {
    handler_threads threads;
    threads.reserve(2);
    threads.reserve(1);
    std::latch all_running(3);
    std::latch done(3);
    for (int job = 0; job < 3; ++job) {
        threads.post([&] {
            all_running.arrive_and_wait();  // passes only when all three run at once
            done.count_down();
        });
    }
    done.wait();
}

TEST(HandlerThreadsTest, UsesAThreadAgain) {
    handler_threads threads;
    threads.reserve(1);
    for (int job = 0; job < 100; ++job) {
        std::promise<void> ran;
        threads.post([&] { ran.set_value(); });
        ran.get_future().wait();
    }
}

TEST(HandlerThreadsTest, DoesNotWaitForAJobThatNeverEnds) {
    std::promise<void> release;
    auto held = release.get_future().share();
    auto const ended = std::make_shared<std::promise<void>>();  // the thread outlives the test
    {
        handler_threads threads;
        threads.reserve(1);
        std::promise<void> begun;
        threads.post([&begun, held, ended] {
            begun.set_value();
            held.wait();
            ended->set_value();
        });
        begun.get_future().wait();
    }
    release.set_value();
    ended->get_future().wait();
}

}  // namespace
}  // namespace conductor::base
