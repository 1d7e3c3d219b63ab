#include "running_runtime.hpp"

#include <boost/asio/this_coro.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(SupervisorTest, DrainLetsWhatRunsFinishAndReportsIt) {
    running_runtime runtime;
    runtime.add([] { return boost::json::object{{"done", true}}; });
    runtime.start();
    runtime.hand_out({"t"});
    ASSERT_TRUE(runtime.handlers->wait_for_jobs(1));
    runtime.drain();
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::draining));
    runtime.handlers->run_next();
    EXPECT_EQ(runtime.join(), run_report{});
    auto const updates = runtime.api->calls(call_kind::update);
    ASSERT_EQ(updates.size(), 1u);
    EXPECT_EQ(updates[0].update.status, task_status::completed);
    EXPECT_TRUE(runtime.api->calls(call_kind::update_and_poll).empty());
}

TEST(SupervisorTest, AsksForNothingWhileDraining) {
    running_runtime runtime;
    runtime.start_with_one_task();
    runtime.drain();
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::draining));
    runtime.hand_out({});
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::polled, 2));
    runtime.clock->advance(seconds{20});
    EXPECT_EQ(runtime.status().workers.at(0).in_flight, 1u);
    runtime.handlers->run_next();
    EXPECT_EQ(runtime.join(), run_report{});
    EXPECT_EQ(runtime.api->calls(call_kind::poll).size(), 2u);
}

TEST(SupervisorTest, AfterTheGraceTheStopTokensFireAndCutOffTasksGoBack) {
    running_runtime runtime({.grace = seconds{25}});
    runtime.add([](task_context& context) {
        return context.stop_token().stop_requested() ? task_result::failed("stopped")
                                                     : task_result::completed();
    });
    runtime.start();
    runtime.hand_out({"t"}, {{"outputData", {{"progress", 3}}}});
    ASSERT_TRUE(runtime.handlers->wait_for_jobs(1));
    runtime.drain();
    ASSERT_TRUE(runtime.clock->wait_for_sleeper_until(runtime.clock->now() + seconds{25}));
    runtime.clock->advance(seconds{25});
    ASSERT_TRUE(runtime.clock->wait_for_sleeper_until(runtime.clock->now() + seconds{2}));
    runtime.handlers->run_next();
    EXPECT_EQ(runtime.join(), run_report{});
    auto const updates = runtime.api->calls(call_kind::update);
    ASSERT_EQ(updates.size(), 1u);
    EXPECT_EQ(updates[0].update.status, task_status::in_progress);
    EXPECT_EQ(updates[0].update.output, (boost::json::object{{"progress", 3}}));
}

TEST(SupervisorTest, AHandlerThatNeverReturnsIsAbandonedAndCounted) {
    running_runtime runtime;
    runtime.add([] {});
    runtime.start();
    runtime.hand_out({"t"});
    ASSERT_TRUE(runtime.handlers->wait_for_jobs(1));
    runtime.abort();
    ASSERT_TRUE(runtime.clock->wait_for_sleeper_until(runtime.clock->now() + seconds{2}));
    runtime.clock->advance(seconds{2});
    EXPECT_EQ(runtime.join(), (run_report{.abandoned_handlers = 1}));
    runtime.handlers->run_next();  // returns after the end, and does no harm
}

TEST(SupervisorTest, AResultThatCannotBeDeliveredInTimeIsCounted) {
    running_runtime runtime;
    runtime.add([] {});
    runtime.start();
    runtime.hand_out({"t"});
    ASSERT_TRUE(runtime.handlers->wait_for_jobs(1));
    runtime.api->updates.hold();
    runtime.abort();
    ASSERT_TRUE(runtime.clock->wait_for_sleeper_until(runtime.clock->now() + seconds{2}));
    runtime.handlers->run_next();
    ASSERT_TRUE(runtime.api->wait_for(call_kind::update));
    runtime.clock->advance(seconds{2});
    EXPECT_EQ(runtime.join(), (run_report{.lost_results = 1}));
}

TEST(SupervisorTest, StoppingTwiceIsStoppingOnce) {
    running_runtime runtime;
    runtime.add([] {});
    runtime.drain();
    runtime.drain();
    runtime.start();
    EXPECT_EQ(runtime.join(), run_report{});
}

}  // namespace
}  // namespace conductor::test
