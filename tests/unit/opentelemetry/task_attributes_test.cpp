#include "task_attributes.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace conductor::tracing {
namespace {

task const claimed{{{"taskId", "t-1"},
                    {"taskType", "greet"},
                    {"workflowInstanceId", "w-1"},
                    {"workflowType", "hello"},
                    {"referenceTaskName", "greet_ref"},
                    {"workerId", "host-1"},
                    {"domain", "eu"},
                    {"pollCount", 2},
                    {"retryCount", 1},
                    {"inputData", {{"secret", "input"}}}}};

using facts = std::vector<attribute>;

TEST(TaskAttributesTest, FollowTheConventionsForMessaging) {
    EXPECT_EQ(task_attributes(claimed, "poll"), (facts{{"messaging.operation.name", "poll"},
                                                       {"messaging.operation.type", "receive"},
                                                       {"messaging.system", "conductor"},
                                                       {"messaging.destination.name", "greet"},
                                                       {"messaging.message.id", "t-1"},
                                                       {"messaging.message.conversation_id", "w-1"},
                                                       {"conductor.task.type", "greet"},
                                                       {"conductor.task.id", "t-1"},
                                                       {"conductor.workflow.id", "w-1"}}));
}

TEST(TaskAttributesTest, TheWholeTaskSaysMore) {
    EXPECT_EQ(claim_attributes(claimed), (facts{{"conductor.task.poll_count", std::int64_t{2}},
                                                {"conductor.task.retry_count", std::int64_t{1}},
                                                {"conductor.task.reference_name", "greet_ref"},
                                                {"conductor.task.domain", "eu"},
                                                {"conductor.workflow.type", "hello"},
                                                {"conductor.worker.id", "host-1"}}));
}

TEST(TaskAttributesTest, WhatIsEmptyIsLeftOut) { EXPECT_EQ(claim_attributes(task{}).size(), 2U); }

TEST(TaskAttributesTest, APartRepeatsTheIdsAlone) {
    auto whole = task_attributes(claimed, "task");
    for (auto& fact : claim_attributes(claimed)) whole.push_back(fact);
    whole.push_back({"conductor.task.status", "FAILED"});

    EXPECT_EQ(part_attributes(whole, "execute"), task_attributes(claimed, "execute"));
}

}  // namespace
}  // namespace conductor::tracing
