#include "conformance/conformance_case.hpp"

namespace conductor::test {
namespace {

using WorkflowConformanceTest = conformance_case;
namespace json = boost::json;

TEST_F(WorkflowConformanceTest, StartedExecutionIsReadable) {
    auto const workflow = define_workflow("workflow", {define_task("task")});
    auto const id = run(workflows_.start(
        {.name = workflow, .version = 1, .input = {{"in", "x"}}, .correlation_id = "ours"}));
    auto const read = run(workflows_.get(id));
    EXPECT_TRUE(contains(read, {{"workflowId", id},
                                {"workflowName", workflow},
                                {"workflowVersion", 1},
                                {"status", "RUNNING"},
                                {"correlationId", "ours"},
                                {"input", {{"in", "x"}}}}));
    ASSERT_EQ(read.at("tasks").as_array().size(), 1u);
    EXPECT_EQ(task{read.at("tasks").at(0).as_object()}.status(), "SCHEDULED");
    EXPECT_TRUE(run(workflows_.get(id, false)).at("tasks").as_array().empty());
}

TEST_F(WorkflowConformanceTest, TasksRunInSequence) {
    auto const first_type = define_task("first");
    auto const second_type = define_task("second");
    auto const id = start(define_workflow("workflow", {first_type, second_type}));
    EXPECT_TRUE(poll(second_type, 1).empty());
    run(tasks_.update(report(claim(first_type), task_status::completed, {{"n", 1}})));
    auto const second = claim(second_type);
    EXPECT_EQ(second.reference_name(), "two");
    run(tasks_.update(report(second, task_status::completed, {{"n", 2}})));
    auto const ended = wait_for_workflow(id, "COMPLETED");
    EXPECT_EQ(ended.at("output"), (json::object{{"n", 2}}));
    EXPECT_EQ(ended.at("tasks").as_array().size(), 2u);
}

TEST_F(WorkflowConformanceTest, OutputOfATaskIsInputOfALaterOne) {
    auto const type = define_task("task");
    auto const expression = [](std::string_view text) { return json::object{{"in", text}}; };
    json::array const steps{{{"name", type},
                             {"taskReferenceName", "one"},
                             {"type", "SIMPLE"},
                             {"inputParameters", expression("${workflow.input.a.b}")}},
                            {{"name", type},
                             {"taskReferenceName", "two"},
                             {"type", "SIMPLE"},
                             {"inputParameters", expression("${one.output.made}")}}};
    run(metadata_.put_workflow_definition({{"name", unique("workflow")},
                                           {"version", 1},
                                           {"schemaVersion", 2},
                                           {"ownerEmail", "conformance@example.com"},
                                           {"timeoutSeconds", 0},
                                           {"outputParameters", {{"all", "${two.output.made}"}}},
                                           {"tasks", steps}}));
    auto const id = run(workflows_.start(
        {.name = unique("workflow"), .input = {{"a", {{"b", "from the start"}}}}}));
    auto const first = claim(type);
    EXPECT_EQ(first.input(), (json::object{{"in", "from the start"}}));
    run(tasks_.update(report(first, task_status::completed, {{"made", {1, 2}}})));
    auto const second = claim(type);
    EXPECT_EQ(second.input(), (json::object{{"in", {1, 2}}}));
    run(tasks_.update(report(second, task_status::completed, {{"made", "end"}})));
    EXPECT_EQ(wait_for_workflow(id, "COMPLETED").at("output"), (json::object{{"all", "end"}}));
}

TEST_F(WorkflowConformanceTest, FailedTaskIsTriedAgainAsANewTask) {
    auto const type = define_task("task", {{"retryCount", 1}, {"retryDelaySeconds", 0}});
    auto const id = start_one(type, 5);
    auto const first = claim(type);
    auto failed = report(first, task_status::failed, {{"lost", true}});
    failed.reason = "bad luck";
    run(tasks_.update(failed));
    auto const second = claim(type);
    EXPECT_NE(second.id(), first.id());
    EXPECT_EQ(second.reference_name(), first.reference_name());
    EXPECT_EQ(second.retry_count(), 1);
    EXPECT_EQ(second.text("retriedTaskId"), first.id());
    EXPECT_EQ(second.poll_count(), 1);
    EXPECT_EQ(second.input(), first.input());
    EXPECT_TRUE(second.output().empty());
    auto const old = run(tasks_.get(std::string{first.id()}));
    EXPECT_EQ(old.status(), "FAILED");
    EXPECT_EQ(old.reason(), "bad luck");

    auto for_good = report(second, task_status::failed);
    for_good.reason = "again";
    run(tasks_.update(for_good));
    auto const ended = wait_for_workflow(id, "FAILED");
    EXPECT_EQ(ended.at("tasks").as_array().size(), 2u);
    EXPECT_NE(std::string{ended.at("reasonForIncompletion").as_string()}.find("again"),
              std::string::npos);
}

TEST_F(WorkflowConformanceTest, TerminalErrorEndsTheWorkflow) {
    auto const type = define_task("task", {{"retryCount", 5}, {"retryDelaySeconds", 0}});
    auto const id = start_one(type);
    auto const claimed = claim(type);
    auto update = report(claimed, task_status::failed_with_terminal_error);
    update.reason = "no use";
    run(tasks_.update(update));
    auto const ended = wait_for_workflow(id, "FAILED");
    EXPECT_EQ(ended.at("tasks").as_array().size(), 1u);
    auto const read = run(tasks_.get(std::string{claimed.id()}));
    EXPECT_EQ(read.status(), "FAILED_WITH_TERMINAL_ERROR");
    EXPECT_EQ(read.reason(), "no use");
}

TEST_F(WorkflowConformanceTest, LongReasonIsCut) {
    auto const type = define_task("task");
    start_one(type);
    auto const claimed = claim(type);
    auto update = report(claimed, task_status::failed);
    update.reason = std::string(600, 'r');
    run(tasks_.update(update));
    EXPECT_EQ(run(tasks_.get(std::string{claimed.id()})).reason(), std::string(500, 'r'));
}

TEST_F(WorkflowConformanceTest, TerminatedExecutionTakesNoMoreResults) {
    auto const type = define_task("task");
    auto const id = start_one(type);
    auto const claimed = claim(type);
    run(workflows_.terminate(id, "enough"));
    auto const ended = wait_for_workflow(id, "TERMINATED");
    EXPECT_TRUE(contains(ended, {{"reasonForIncompletion", "enough"}}));
    run(tasks_.update(report(claimed, task_status::completed)));
    EXPECT_EQ(run(tasks_.get(std::string{claimed.id()})).status(), "CANCELED");
    run(workflows_.terminate(id, "repeated"));
    EXPECT_EQ(wait_for_workflow(id, "TERMINATED").at("reasonForIncompletion"), "enough");
}

TEST_F(WorkflowConformanceTest, TerminatedExecutionsTasksAreNotHandedOut) {
    auto const type = define_task("task");
    run(workflows_.terminate(start_one(type), "enough"));
    EXPECT_TRUE(poll(type, 1, std::chrono::milliseconds{300}).empty());
}

}  // namespace
}  // namespace conductor::test
