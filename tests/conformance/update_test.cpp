#include "conformance/conformance_case.hpp"
#include "conformance/server_under_test.hpp"

namespace conductor::test {
namespace {

using UpdateConformanceTest = conformance_case;
namespace json = boost::json;

std::vector<task_log> numbered_lines(int count) {
    std::vector<task_log> lines;
    for (int i = 0; i < count; ++i)
        lines.push_back({"line " + std::to_string(i), std::chrono::system_clock::now()});
    return lines;
}

TEST_F(UpdateConformanceTest, CompletedTaskHasItsOutput) {
    auto const type = define_task("task");
    auto const workflow = start_one(type);
    auto const claimed = claim(type);
    json::object const output{{"text", "Grüße"}, {"nested", {{"list", {1, 2.5, nullptr, true}}}}};
    run(tasks_.update(report(claimed, task_status::completed, output)));
    auto const ended = run(tasks_.get(std::string{claimed.id()}));
    EXPECT_EQ(ended.status(), "COMPLETED");
    EXPECT_EQ(ended.output(), output);
    EXPECT_GT(ended.number("endTime"), 0);
    wait_for_workflow(workflow, "COMPLETED");
}

TEST_F(UpdateConformanceTest, SecondResultIsIgnoredAndAnsweredAsTaken) {
    auto const type = define_task("task");
    start_one(type);
    auto const claimed = claim(type);
    run(tasks_.update(report(claimed, task_status::completed, {{"n", 1}})));
    run(tasks_.update(report(claimed, task_status::failed, {{"n", 2}})));
    auto const ended = run(tasks_.get(std::string{claimed.id()}));
    EXPECT_EQ(ended.status(), "COMPLETED");
    EXPECT_EQ(ended.output(), (json::object{{"n", 1}}));
}

TEST_F(UpdateConformanceTest, UnknownTaskIsGone) {
    task const unknown{{{"taskId", "no-such-task"}, {"workflowInstanceId", "no-such-workflow"}}};
    auto const update = report(unknown, task_status::completed);
    auto const plain = attempt(tasks_.update(update));
    ASSERT_TRUE(plain.has_error());
    EXPECT_EQ(plain.error().code, make_http_error(404));
    EXPECT_EQ(plain.error().code, condition::gone);
    EXPECT_NE(plain.error().detail.find("no-such-workflow"), std::string::npos);
    auto const with_poll = attempt(tasks_.update_and_poll(update));
    ASSERT_TRUE(with_poll.has_error());
    EXPECT_EQ(with_poll.error().code, make_http_error(404));
}

TEST_F(UpdateConformanceTest, UpdateAndPollBringsTheNextTask) {
    auto const type = define_task("task");
    auto const workflow = define_workflow("workflow", {type});
    auto const first_workflow = start(workflow, 1);
    auto const first = claim(type);
    auto const second_workflow = start(workflow, 2);
    auto const next = run(tasks_.update_and_poll(report(first, task_status::completed)));
    ASSERT_TRUE(next.has_value());
    EXPECT_EQ(next->workflow_id(), second_workflow);
    EXPECT_EQ(next->status(), "IN_PROGRESS");
    EXPECT_EQ(next->worker_id(), "conformance-worker");
    EXPECT_EQ(next->poll_count(), 1);
    wait_for_workflow(first_workflow, "COMPLETED");
}

TEST_F(UpdateConformanceTest, UpdateAndPollOnAnEmptyQueueBringsNothing) {
    auto const type = define_task("task");
    auto const workflow = start_one(type);
    auto const claimed = claim(type);
    EXPECT_FALSE(run(tasks_.update_and_poll(report(claimed, task_status::completed))));
    wait_for_workflow(workflow, "COMPLETED");
}

TEST_F(UpdateConformanceTest, UpdateAndPollThatEndsNothingBringsNothing) {
    auto const type = define_task("task");
    auto const workflow = define_workflow("workflow", {type});
    start(workflow);
    auto const first = claim(type);
    start(workflow);
    auto back = report(first, task_status::in_progress);
    back.callback_after = std::chrono::seconds{300};
    EXPECT_FALSE(run(tasks_.update_and_poll(back)));
    EXPECT_NE(claim(type).id(), first.id());
}

TEST_F(UpdateConformanceTest, UpdateAndPollOfAnEndedTaskStillBringsTheNextTask) {
    auto const type = define_task("task");
    auto const workflow = define_workflow("workflow", {type});
    start(workflow);
    auto const first = claim(type);
    run(tasks_.update(report(first, task_status::completed)));
    auto const second_workflow = start(workflow);
    auto const next = run(tasks_.update_and_poll(report(first, task_status::completed)));
    ASSERT_TRUE(next.has_value());
    EXPECT_EQ(next->workflow_id(), second_workflow);
}

TEST_F(UpdateConformanceTest, GivenBackTaskComesAgainWithItsOutput) {
    auto const type = define_task("task");
    start_one(type, 5);
    auto const first = claim(type);
    json::object const progress{{"next_index", 40}};
    run(tasks_.update(report(first, task_status::in_progress, progress)));
    auto const second = claim(type);
    EXPECT_EQ(second.id(), first.id());
    EXPECT_EQ(second.output(), progress);
    EXPECT_EQ(second.input(), first.input());
    EXPECT_EQ(second.poll_count(), 2);
    EXPECT_EQ(second.retry_count(), 0);
    EXPECT_EQ(second.number("startTime"), first.number("startTime"));
}

TEST_F(UpdateConformanceTest, GiveBackReplacesTheOutput) {
    auto const type = define_task("task");
    start_one(type);
    run(tasks_.update(report(claim(type), task_status::in_progress, {{"first", 1}})));
    run(tasks_.update(report(claim(type), task_status::in_progress, {{"second", 2}})));
    EXPECT_EQ(claim(type).output(), (json::object{{"second", 2}}));
}

TEST_F(UpdateConformanceTest, GivenBackTaskStaysAwayForItsDelay) {
    auto const type = define_task("task");
    start_one(type);
    auto update = report(claim(type), task_status::in_progress);
    update.callback_after = std::chrono::seconds{2};
    auto const given_back = std::chrono::steady_clock::now();
    run(tasks_.update(update));
    claim(type);
    // A little less than the two seconds: the server's clock may count whole milliseconds.
    EXPECT_GE(std::chrono::steady_clock::now() - given_back, std::chrono::milliseconds{1900});
}

// Lines are kept in the index.
struct LogConformanceTest : conformance_case {
    void SetUp() override {
        if (!server_has_index()) GTEST_SKIP() << "this server has no index";
    }
};

struct NoLogConformanceTest : conformance_case {
    void SetUp() override {
        if (server_has_index()) GTEST_SKIP() << "this server has an index";
    }
};

TEST_F(LogConformanceTest, LogLinesAreKept) {
    auto const type = define_task("task");
    start_one(type);
    auto const id = std::string{claim(type).id()};
    EXPECT_TRUE(run(tasks_.logs(id)).empty());
    run(tasks_.log(id, "as it is: \"quoted\""));
    auto const lines = run(tasks_.logs(id));
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines.front().text, "as it is: \"quoted\"");
    EXPECT_GT(lines.front().created.time_since_epoch().count(), 0);
}

TEST_F(LogConformanceTest, OnlyTheFirstTenLinesOfAnUpdateAreKept) {
    auto const type = define_task("task");
    start_one(type);
    auto const claimed = claim(type);
    auto update = report(claimed, task_status::completed);
    update.logs = numbered_lines(12);
    run(tasks_.update(update));
    auto const kept = run(tasks_.logs(std::string{claimed.id()}));
    ASSERT_EQ(kept.size(), 10u);
    EXPECT_EQ(kept.front().text, "line 0");
    EXPECT_EQ(kept.back().text, "line 9");
}

TEST_F(NoLogConformanceTest, LinesAreTakenAndForgotten) {
    auto const type = define_task("task");
    start_one(type);
    auto const id = std::string{claim(type).id()};
    run(tasks_.log(id, "a line"));
    EXPECT_TRUE(run(tasks_.logs(id)).empty());
}

}  // namespace
}  // namespace conductor::test
