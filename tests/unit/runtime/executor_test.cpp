#include "running_runtime.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace conductor::test {
namespace {

// Runs one task through a handler and gives what was reported of it.
template <class Function>
task_update report_of(Function function, boost::json::object const& extra = {}) {
    running_runtime runtime({.worker_id = "me"});
    runtime.add(std::move(function));
    runtime.start();
    runtime.hand_out({"t"}, extra);
    if (runtime.handlers->reserved() > 0) {
        EXPECT_TRUE(runtime.handlers->wait_for_jobs(1));
        runtime.handlers->run_next();
    }
    return runtime.reports(1).at(0);
}

awaitable<boost::json::object> answer() { co_return boost::json::object{{"n", 1}}; }
awaitable<void> throw_in_coroutine() {
    throw std::runtime_error("out of paper");
    co_return;
}

TEST(ExecutorTest, ReportsWhatAHandlerReturns) {
    for (auto const& update : {report_of(answer), report_of([] {
                                   return boost::json::object{{"n", 1}};
                               })}) {
        EXPECT_EQ(update.task_id, "t");
        EXPECT_TRUE(update.worker_id.starts_with("me-"));
        EXPECT_FALSE(update.workflow_id.empty());
        EXPECT_EQ(update.status, task_status::completed);
        EXPECT_EQ(update.output, (boost::json::object{{"n", 1}}));
    }
}

TEST(ExecutorTest, ThrowingHandlerFailsTheTask) {
    auto const thrower = [] { throw std::runtime_error("out of paper"); };
    for (auto const& update : {report_of(throw_in_coroutine), report_of(thrower)}) {
        EXPECT_EQ(update.status, task_status::failed);
        EXPECT_EQ(update.reason, "out of paper");
    }
}

TEST(ExecutorTest, WhateverIsThrownFailsTheTask) {
    auto const update = report_of([] { throw 7; });
    EXPECT_EQ(update.status, task_status::failed);
    EXPECT_FALSE(update.reason.empty());
}

TEST(ExecutorTest, ReportsEachOutcome) {
    using std::chrono::seconds;
    auto const back = report_of([] {
        return task_result::call_back_after(seconds{30}, {{"i", 4}});
    });
    EXPECT_EQ(back.status, task_status::in_progress);
    EXPECT_EQ(back.callback_after, seconds{30});
    EXPECT_EQ(back.output, (boost::json::object{{"i", 4}}));
    auto const terminal = report_of([] { return task_result::failed_for_good("never"); });
    EXPECT_EQ(terminal.status, task_status::failed_with_terminal_error);
    EXPECT_EQ(terminal.reason, "never");
}

TEST(ExecutorTest, AnOutputThatCannotBeSentEndsItsTaskForGoodAndSaysWhy) {
    auto const binary = report_of([] { return boost::json::object{{"file", "\xff\xd8"}}; });
    EXPECT_EQ(binary.status, task_status::failed_with_terminal_error);
    EXPECT_EQ(binary.reason, "the output cannot be sent: /file: text is not UTF-8");
    EXPECT_TRUE(binary.output.empty());
    auto const large = report_of([] {
        return boost::json::object{{"file", std::string(std::size_t{11} * 1024 * 1024, 'x')}};
    });
    EXPECT_EQ(large.status, task_status::failed_with_terminal_error);
    EXPECT_TRUE(
        large.reason.starts_with("the output has 11534347 bytes; at most 10485760 can be sent"))
        << large.reason;
}

TEST(ExecutorTest, AHandlerSeesDeadlineAndPreviousOutput) {
    auto const look = [](task_context& context) {
        return boost::json::object{{"deadline", context.deadline().has_value()},
                                   {"previous", context.previous_output()}};
    };
    EXPECT_EQ(report_of(look, {{"responseTimeoutSeconds", 60}, {"outputData", {{"i", 4}}}}).output,
              (boost::json::object{{"deadline", true}, {"previous", {{"i", 4}}}}));
    EXPECT_EQ(report_of(look).output,
              (boost::json::object{{"deadline", false}, {"previous", boost::json::object{}}}));
}

TEST(ExecutorTest, SendsTheStartOfALongLogAhead) {
    running_runtime runtime;
    runtime.add([](task_context& context) {
        for (int line = 0; line < 12; ++line) context.log(std::to_string(line));
    });
    runtime.start();
    runtime.hand_out({"t"});
    ASSERT_TRUE(runtime.handlers->wait_for_jobs(1));
    runtime.handlers->run_next();
    auto const update = runtime.reports(1).at(0);
    ASSERT_EQ(update.logs.size(), 10u);
    EXPECT_EQ(update.logs.front().text, "2");
    auto const ahead = runtime.api->calls(call_kind::log);
    ASSERT_EQ(ahead.size(), 2u);
    EXPECT_EQ(ahead[1].text, "1");
    EXPECT_EQ(ahead[1].task_id, "t");
}

TEST(ExecutorTest, LinesThatTheServerDoesNotTakeHoldUpNoResult) {
    running_runtime runtime;
    runtime.add([](task const&, task_context& context) {
        for (int line = 0; line < 40; ++line) context.log(std::to_string(line));
    });
    runtime.api->logs.push(failure{.code = errc::timed_out});
    runtime.start();
    runtime.hand_out({"t"});
    ASSERT_TRUE(runtime.handlers->wait_for_jobs(1));
    runtime.handlers->run_next();
    EXPECT_EQ(runtime.reports(1).at(0).logs.size(), 10u);
    EXPECT_EQ(runtime.api->calls(call_kind::log).size(), 1u);
}

TEST(ExecutorTest, RunsTheTaskThatAReportBrings) {
    running_runtime runtime;
    runtime.add(answer);
    runtime.start();
    runtime.api->updates_and_polls.push(std::optional<task>(make_task("greet", "second")));
    runtime.hand_out({"first"});
    auto const updates = runtime.reports(2);
    EXPECT_EQ(updates.at(0).task_id, "first");
    EXPECT_EQ(updates.at(1).task_id, "second");
    EXPECT_EQ(runtime.observer->count(event_kind::started), 2u);
}

TEST(ExecutorTest, AFreeSlotIncludesAThread) {
    running_runtime runtime;
    runtime.add([] {}, {.slots = 4});
    EXPECT_EQ(runtime.handlers->reserved(), 4u);
}

}  // namespace
}  // namespace conductor::test
