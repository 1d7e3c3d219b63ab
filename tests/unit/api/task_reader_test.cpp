#include "api/task_reader.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <memory>
#include <string>
#include <thread>

namespace conductor::api {
namespace {

namespace json = boost::json;

std::optional<task> read_one(std::string text) {
    known_values known;
    return task_reader(std::make_shared<std::string const>(std::move(text)), known).read_task();
}

std::optional<std::vector<task>> read_list(std::string text) {
    known_values known;
    return task_reader(std::make_shared<std::string const>(std::move(text)), known).read_tasks();
}

// A task with members of every kind, and definitions in it.
std::string const one_task = R"({"taskType":"echo","status":"IN_PROGRESS",
    "inputData":{"x":1,"text":"a \"quoted\" é","list":[1,2.5,-3,{"deep":null}]},
    "retried":false,"callbackFromWorker":true,"domain":null,"seq":18446744073709551615,
    "ratio":-1.5,"pollCount":-7,"zero":0,"reasonForIncompletion":"line\nbreak","empty":"",
    "none":{},"no":[],"outputData":{},"retryCount":0,
    "workflowInstanceId":"w-1","taskId":"t-1","responseTimeoutSeconds":300,
    "workflowTask":{"name":"echo","taskDefinition":{"name":"echo","retryCount":3}},
    "taskDefinition":{"name":"echo","ownerEmail":"b@example.com"},"queueWaitTime":808})";

TEST(TaskReaderTest, ReadsWhatAParserWouldRead) {
    auto const read = read_one(one_task);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->document(), json::parse(one_task).as_object());
}

TEST(TaskReaderTest, MembersAreThereWithoutTheWhole) {
    auto const read = read_one(one_task);
    ASSERT_TRUE(read);
    auto const whole = json::parse(one_task);
    EXPECT_EQ(read->id(), "t-1");
    EXPECT_EQ(read->response_timeout(), std::chrono::seconds{300});
    EXPECT_EQ(read->input(), whole.at("inputData").as_object());
    EXPECT_EQ(read->reason(), "line\nbreak");
    EXPECT_EQ(read->poll_count(), -7);
}

TEST(TaskReaderTest, TheInputIsThereAsText) {
    auto const read = read_one(one_task);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->input_text().text,
              R"({"x":1,"text":"a \"quoted\" é","list":[1,2.5,-3,{"deep":null}]})");
    task const built(read->document());
    EXPECT_EQ(json::parse(built.input_text().text), json::value(read->input()));
    EXPECT_EQ(task().input_text().text, "{}");
}

TEST(TaskReaderTest, OfTwoInputsTheLastOneCounts) {
    std::string const two = R"({"taskId":"t","workflowInstanceId":"w","inputData":{"a":1},)";
    EXPECT_FALSE(read_one(two + R"("inputData":{"a":2}})")) << "which is for the parser to see to";
    EXPECT_FALSE(read_one(two + R"("inputData":{}})"));
}

TEST(TaskReaderTest, DefinitionsAreReadWhenAskedFor) {
    auto const read = read_one(one_task);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->object("taskDefinition").at("ownerEmail"), "b@example.com");
    EXPECT_EQ(read->object("workflowTask").at("taskDefinition").at("retryCount"), 3);
}

TEST(TaskReaderTest, CopiesAndMovedTasksKnowTheWhole) {
    auto read = read_one(one_task);
    ASSERT_TRUE(read);
    task const copy(*read);
    task moved;
    moved = *std::move(read);
    EXPECT_EQ(copy, moved);
    EXPECT_EQ(moved.document(), json::parse(one_task).as_object());
}

TEST(TaskReaderTest, TwoThreadsMayAskAtOnce) {
    auto const read = read_one(one_task);
    ASSERT_TRUE(read);
    std::size_t elsewhere = 0;
    std::jthread other([&] { elsewhere = read->document().size() + read->input().size(); });
    auto const here = read->document().size() + read->input().size();
    other.join();
    EXPECT_EQ(here, elsewhere);
}

TEST(TaskReaderTest, ReadsLists) {
    EXPECT_TRUE(read_list("[]")->empty());
    auto const list = read_list(" [ " + one_task + " , " + one_task + "]\n");
    ASSERT_TRUE(list);
    ASSERT_EQ(list->size(), 2u);
    EXPECT_EQ(list->back().document(), json::parse(one_task).as_object());
}

TEST(TaskReaderTest, DefinitionsThatAreKnownAreReadAsBefore) {
    std::string const ids = R"({"taskId":"t","workflowInstanceId":"w","taskDefinition":)";
    std::string const text = "\"" + std::string(100, 'x') + "\"";
    known_values known;
    for (auto const* end : {R"(,"n":1})", R"(,"n":1})", R"(,"n":2})", "}"}) {
        auto const body = ids + R"({"text":)" + text + "}" + end;
        auto const read = task_reader(std::make_shared<std::string const>(body), known).read_task();
        ASSERT_TRUE(read) << body;
        EXPECT_EQ(read->document(), json::parse(body).as_object());
    }
}

TEST(TaskReaderTest, WhatIsNotPlainIsForTheParser) {
    std::string const ids = R"({"taskId":"t","workflowInstanceId":"w")";
    for (auto const& text :
         {std::string(), std::string("null"), std::string("5"), std::string("{}"), ids, ids + "}x",
          ids + ",}", ids + R"(,"taskId":"other"})", ids + R"(,"a\u0062":1})",
          ids + R"(,"taskDefinition":{"name":"caf\u00e9"}})",
          ids + R"(,"taskDefinition":{"name":1e5}})", ids + R"(,"inputData":{"broken"}})",
          ids + R"(,"n":01})", std::string(R"({"taskId":"t"})")})
        EXPECT_FALSE(read_one(text)) << text;
    for (auto const& text : {std::string("{}"), std::string("[5]"), "[" + ids + "},]",
                             "[" + ids + "}", "[" + ids + "}]]"})
        EXPECT_FALSE(read_list(text)) << text;
}

TEST(TaskReaderTest, MembersOfAllKindsMayBeLeftOut) {
    auto const read = read_one(R"({"taskId":"t","workflowInstanceId":"w",)"
                               R"("taskDefinition":null,"workflowTask":"x","n":7})");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->text("workflowTask"), "x");
    EXPECT_EQ(read->number("n"), 7);
    EXPECT_TRUE(read->document().at("taskDefinition").is_null());
}

}  // namespace
}  // namespace conductor::api
