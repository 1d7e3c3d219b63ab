#include "conformance/conformance_case.hpp"

namespace conductor::test {
namespace {

using DefinitionConformanceTest = conformance_case;
namespace json = boost::json;

// Members that no class of the SDK models.
json::object task_definition(std::string const& name) {
    return {{"name", name},
            {"description", "what it does"},
            {"retryCount", 4},
            {"retryLogic", "EXPONENTIAL_BACKOFF"},
            {"retryDelaySeconds", 7},
            {"maxRetryDelaySeconds", 90},
            {"backoffJitterMs", 25},
            {"timeoutPolicy", "RETRY"},
            {"timeoutSeconds", 600},
            {"responseTimeoutSeconds", 60},
            {"pollTimeoutSeconds", 30},
            {"totalTimeoutSeconds", 900},
            {"concurrentExecLimit", 3},
            {"rateLimitPerFrequency", 5},
            {"rateLimitFrequencyInSeconds", 2},
            {"inputKeys", {"a", "b"}},
            {"outputKeys", {"c"}},
            {"inputTemplate", {{"a", 1}, {"b", {{"deep", true}}}}},
            {"ownerEmail", "conformance@example.com"}};
}

json::object workflow_definition(std::string const& name, std::string const& type, int version) {
    return {{"name", name},
            {"version", version},
            {"description", "version " + std::to_string(version)},
            {"schemaVersion", 2},
            {"ownerEmail", "conformance@example.com"},
            {"restartable", true},
            {"timeoutPolicy", "ALERT_ONLY"},
            {"timeoutSeconds", 0},
            {"inputParameters", {"a"}},
            {"inputTemplate", {{"a", 1}}},
            {"outputParameters", {{"b", "${one.output.b}"}}},
            {"variables", {{"v", 0}}},
            {"tasks", json::array{{{"name", type},
                                   {"taskReferenceName", "one"},
                                   {"type", "SIMPLE"},
                                   {"optional", true},
                                   {"startDelay", 0},
                                   {"inputParameters", {{"a", "${workflow.input.a}"}}}}}}};
}

TEST_F(DefinitionConformanceTest, UnknownDefinitionsAreNone) {
    EXPECT_FALSE(run(metadata_.task_definition(unique("task"))));
    EXPECT_FALSE(run(metadata_.workflow_definition(unique("workflow"))));
    EXPECT_FALSE(run(schedules_.get(unique("schedule"))));
}

TEST_F(DefinitionConformanceTest, TaskDefinitionLosesNothing) {
    auto const wanted = task_definition(unique("task"));
    run(metadata_.create_task_definition(wanted));
    auto const read = run(metadata_.task_definition(unique("task")));
    ASSERT_TRUE(read.has_value());
    EXPECT_TRUE(contains(*read, wanted));
}

TEST_F(DefinitionConformanceTest, ReadModifyWriteOfATaskDefinitionKeepsTheRest) {
    auto wanted = task_definition(unique("task"));
    run(metadata_.create_task_definition(wanted));
    auto changed = run(metadata_.task_definition(unique("task"))).value();
    changed["retryCount"] = 9;
    run(metadata_.update_task_definition(changed));
    wanted["retryCount"] = 9;
    EXPECT_TRUE(contains(run(metadata_.task_definition(unique("task"))).value(), wanted));
}

TEST_F(DefinitionConformanceTest, UpdateOfAnUnknownTaskDefinitionIsRefused) {
    auto const refused = attempt(metadata_.update_task_definition(task_definition(unique("task"))));
    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error().code, make_http_error(404));
}

TEST_F(DefinitionConformanceTest, WorkflowDefinitionIsCreatedAndReplaced) {
    auto const type = define_task("task");
    auto wanted = workflow_definition(unique("workflow"), type, 1);
    for (auto const* description : {"first", "second"}) {
        wanted["description"] = description;
        run(metadata_.put_workflow_definition(wanted));
        auto read = run(metadata_.workflow_definition(unique("workflow"), 1)).value();
        auto const tasks = read["tasks"].as_array();
        auto expected = wanted;
        expected.erase("tasks");
        EXPECT_TRUE(contains(read, expected));
        ASSERT_EQ(tasks.size(), 1u);
        EXPECT_TRUE(contains(tasks[0].as_object(), wanted["tasks"].at(0).as_object()));
    }
}

TEST_F(DefinitionConformanceTest, NewestVersionIsReadUnlessOneIsNamed) {
    auto const type = define_task("task");
    for (int version : {1, 2}) {
        run(metadata_.put_workflow_definition(
            workflow_definition(unique("workflow"), type, version)));
    }
    auto const name = unique("workflow");
    EXPECT_EQ(run(metadata_.workflow_definition(name)).value().at("version"), 2);
    EXPECT_EQ(run(metadata_.workflow_definition(name, 1)).value().at("version"), 1);
    EXPECT_FALSE(run(metadata_.workflow_definition(name, 3)));
}

TEST_F(DefinitionConformanceTest, ScheduleIsWrittenReadAndDeleted) {
    auto const workflow = define_workflow("workflow", {define_task("task")});
    json::object wanted{{"name", unique("schedule")},
                        {"cronExpression", "0 0 0 * * ?"},
                        {"zoneId", "UTC"},
                        {"runCatchupScheduleInstances", true},
                        {"paused", true}};
    auto written = wanted;
    written["startWorkflowRequest"] = {{"name", workflow}, {"version", 1}, {"input", {{"a", 1}}}};
    run(schedules_.put(written));
    auto const read = run(schedules_.get(unique("schedule")));
    ASSERT_TRUE(read.has_value());
    EXPECT_TRUE(contains(*read, wanted));
    EXPECT_TRUE(contains(read->at("startWorkflowRequest").as_object(),
                         {{"name", workflow}, {"input", {{"a", 1}}}}));

    written["cronExpression"] = "0 30 0 * * ?";
    run(schedules_.put(written));
    EXPECT_EQ(run(schedules_.get(unique("schedule"))).value().at("cronExpression"), "0 30 0 * * ?");
    run(schedules_.remove(unique("schedule")));
    EXPECT_FALSE(run(schedules_.get(unique("schedule"))));
    run(schedules_.remove(unique("schedule")));
}

TEST_F(DefinitionConformanceTest, ScheduleIsPausedAndGoesOn) {
    auto const workflow = define_workflow("workflow", {define_task("task")});
    auto const name = unique("schedule");
    run(schedules_.put({{"name", name},
                        {"cronExpression", "0 0 0 1 1 ?"},
                        {"zoneId", "UTC"},
                        {"startWorkflowRequest", {{"name", workflow}, {"version", 1}}}}));
    run(schedules_.pause(name));
    EXPECT_EQ(run(schedules_.get(name)).value().at("paused"), true);
    run(schedules_.resume(name));
    EXPECT_EQ(run(schedules_.get(name)).value().at("paused"), false);
    run(schedules_.remove(name));
}

TEST_F(DefinitionConformanceTest, WhatIsDeletedIsNone) {
    auto const type = define_task("task");
    auto const workflow = define_workflow("workflow", {type});
    auto const id = start(workflow);
    auto const remove = [&](std::string path, std::vector<std::string> of) {
        return rest_->call(
            {.method = "DELETE", .path = std::move(path), .arguments = std::move(of)});
    };
    auto const too_early = attempt(remove("/workflow/{workflowId}/remove", {id}));
    ASSERT_TRUE(too_early.has_error()) << "it runs";
    EXPECT_EQ(too_early.error().code, make_http_error(400));
    run(workflows_.terminate(id, "done with it"));
    run(remove("/workflow/{workflowId}/remove", {id}));
    EXPECT_EQ(attempt(workflows_.get(id)).error().code, condition::gone);
    run(remove("/metadata/workflow/{name}/{version}", {workflow, "1"}));
    EXPECT_FALSE(run(metadata_.workflow_definition(workflow, 1)));
    run(remove("/metadata/taskdefs/{tasktype}", {type}));
    EXPECT_FALSE(run(metadata_.task_definition(type)));
}

}  // namespace
}  // namespace conductor::test
