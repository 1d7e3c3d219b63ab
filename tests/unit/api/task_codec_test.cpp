#include "api/task_codec.hpp"

#include <boost/json/parse.hpp>

#include <gtest/gtest.h>

namespace conductor::api {
namespace {

result<std::vector<task>> parse_tasks(std::string answer) {
    known_values known;
    return api::parse_tasks(std::move(answer), known);
}

result<std::optional<task>> parse_task(std::string answer) {
    known_values known;
    return api::parse_task(std::move(answer), known);
}

TEST(TaskCodecTest, TakesEveryShapeOfAnEmptyPoll) {
    for (auto const* body : {"", "[]", " [ ] "}) {
        auto const tasks = parse_tasks(body);
        ASSERT_TRUE(tasks) << body;
        EXPECT_TRUE(tasks->empty());
    }
}

TEST(TaskCodecTest, KeepsMembersThatItDoesNotKnow) {
    auto const* text =
        R"([{"taskId":"t","workflowInstanceId":"w","fromTheFuture":{"a":[1,null]}}])";
    auto const tasks = parse_tasks(text);
    ASSERT_TRUE(tasks);
    EXPECT_EQ(tasks->front().document(), boost::json::parse(text).at(0).as_object());
}

TEST(TaskCodecTest, ATaskMayLackAllButItsIds) {
    for (auto const* body :
         {R"([{"taskId":"t","workflowInstanceId":"w"}])",
          R"([{"taskId":"t","workflowInstanceId":"w","workflowTask":{"name":null},"domain":null,
               "inputData":null,"outputData":null,"startTime":null,"status":null}])"}) {
        auto const tasks = parse_tasks(body);
        ASSERT_TRUE(tasks) << body;
        ASSERT_EQ(tasks->size(), 1u);
        EXPECT_EQ(tasks->front().id(), "t");
        EXPECT_EQ(tasks->front().domain(), "");
        EXPECT_TRUE(tasks->front().input().empty());
        EXPECT_EQ(tasks->front().response_timeout().count(), 0);
    }
}

TEST(TaskCodecTest, TasksOutliveTheirAnswer) {
    std::vector<task> kept;
    {
        auto tasks = parse_tasks(
            R"([{"taskId":"a","workflowInstanceId":"w","inputData":{"x":"long enough to allocate"}},
                {"taskId":"b","workflowInstanceId":"w"}])");
        kept.push_back(std::move(tasks->front()));
    }
    EXPECT_EQ(kept.front().input().at("x").as_string(), "long enough to allocate");
}

TEST(TaskCodecTest, RefusesWhatIsNoListOfTasks) {
    for (auto const* body : {"{}", "[1]", "[{}]", R"([{"taskId":"t"}])", "[", "<html>"}) {
        auto const tasks = parse_tasks(body);
        ASSERT_TRUE(tasks.has_error()) << body;
        EXPECT_EQ(tasks.error().code, errc::bad_response) << body;
    }
}

TEST(TaskCodecTest, ReadsNoTaskFromAnEmptyAnswer) {
    EXPECT_EQ(*parse_task(""), std::nullopt);
    EXPECT_EQ(*parse_task("null"), std::nullopt);
    EXPECT_EQ((*parse_task(R"({"taskId":"t","workflowInstanceId":"w"})"))->id(), "t");
}

TEST(TaskCodecTest, WritesAResult) {
    task_update update;
    update.task_id = "t";
    update.workflow_id = "w";
    update.worker_id = "me";
    update.status = task_status::failed;
    update.reason = "no \"luck\"";
    update.output = {{"n", 1}};
    update.logs = {{"line", std::chrono::system_clock::time_point{std::chrono::milliseconds{5}}}};
    update.extra = {{"subWorkflowId", "s"}};
    EXPECT_EQ(boost::json::parse(write_update(update)), boost::json::parse(R"({
        "taskId":"t","workflowInstanceId":"w","workerId":"me","status":"FAILED",
        "reasonForIncompletion":"no \"luck\"","callbackAfterSeconds":0,"subWorkflowId":"s",
        "logs":[{"log":"line","taskId":"t","createdTime":5}],"outputData":{"n":1}})"));
}

TEST(TaskCodecTest, SendsOutputThatIsTextAlready) {
    task_update update;
    update.output = {{"n", 1}};
    update.output_text = R"({"n":2})";
    auto const written = boost::json::parse(write_update(update));
    EXPECT_EQ(written.at("outputData"), (boost::json::object{{"n", 2}}));
}

TEST(TaskCodecTest, EscapesWhatJsonCannotHold) {
    task_update update;
    update.task_id = "a\"b\\c\n";
    update.reason = std::string("\0\x1f\x7f", 3);
    update.extra = {{"odd \"name\"", nullptr}};
    auto const written = boost::json::parse(write_update(update));
    EXPECT_EQ(written.at("taskId"), "a\"b\\c\n");
    EXPECT_EQ(written.at("reasonForIncompletion").as_string(), std::string_view("\0\x1f\x7f", 3));
    EXPECT_TRUE(written.at("odd \"name\"").is_null());
}

TEST(TaskCodecTest, ExtraMembersReplaceNoneOfTheUpdatesOwn) {
    task_update update;
    update.task_id = "t";
    update.extra = {{"taskId", "other"},
                    {"status", "FAILED"},
                    {"outputData", 5},
                    {"reasonForIncompletion", "kept"},
                    {"logs", boost::json::array()}};
    auto const written = write_update(update);
    EXPECT_EQ(boost::json::parse(written), boost::json::parse(R"({
        "taskId":"t","workflowInstanceId":"","workerId":"","status":"COMPLETED",
        "callbackAfterSeconds":0,"reasonForIncompletion":"kept","logs":[],"outputData":{}})"));
    EXPECT_EQ(written.find("other"), std::string::npos);
}

TEST(TaskCodecTest, AnInputLivesInOnePieceOfMemory) {
    auto parsed = parse_task(R"({"taskId":"t","workflowInstanceId":"w","inputData":{"a":[1]}})");
    auto const& input = (*parsed)->input();
    EXPECT_NE(input.storage(), boost::json::storage_ptr());
    EXPECT_EQ(input.storage(), input.at("a").storage());
    task moved(boost::json::object{{"x", 1}});
    auto const* const place = &input;
    moved = **std::move(parsed);
    // Moved, not copied.
    EXPECT_EQ(&moved.input(), place);
}

TEST(TaskCodecTest, ReadsTheSizesOfQueues) {
    auto const sizes = parse_sizes(R"({"a":3,"ours:b":0})");
    ASSERT_TRUE(sizes);
    EXPECT_EQ(*sizes, (std::map<std::string, std::int64_t>{{"a", 3}, {"ours:b", 0}}));
    for (auto const* wrong : {"", "[]", R"({"a":"3"})", R"({"a":1.5})", R"({"a":-1e99})"})
        EXPECT_TRUE(parse_sizes(wrong).has_error()) << wrong;
}

TEST(TaskCodecTest, ReadsALog) {
    auto const logs = parse_logs(R"([{"log":"a","taskId":"t","createdTime":5},{"log":"b"}])");
    ASSERT_TRUE(logs);
    ASSERT_EQ(logs->size(), 2u);
    EXPECT_EQ(logs->front().text, "a");
    EXPECT_EQ(logs->front().created.time_since_epoch(), std::chrono::milliseconds{5});
    EXPECT_TRUE(parse_logs("")->empty());
    auto const far = parse_logs(R"([{"createdTime":9000000000000000000}])");
    ASSERT_TRUE(far.has_value());
    EXPECT_GT(far->front().created, logs->front().created) << "as late as the clock can tell";
    EXPECT_TRUE(parse_logs("{}").has_error());
}

TEST(TaskCodecTest, ReadsPollDataOfBothShapes) {
    std::string const list =
        R"([{"queueName":"a","domain":"d","workerId":"w","lastPollTime":5},{"queueName":"b"},{}])";
    std::vector<poll_data> const expected{
        {.type = "a",
         .domain = "d",
         .worker_id = "w",
         .polled = std::chrono::system_clock::time_point{std::chrono::milliseconds{5}}},
        {.type = "b", .domain = {}, .worker_id = {}, .polled = {}}};
    EXPECT_EQ(*parse_poll_data(list), expected);
    EXPECT_EQ(*parse_poll_data(R"({"queueData":{"a":{"size":1}},"pollData":)" + list + "}"),
              expected);
    for (auto const* const body : {"", "7", "{}", R"({"pollData":{}})", "[7]", R"({"pollData":7})"})
        EXPECT_TRUE(parse_poll_data(body).has_error()) << body;
}

TEST(TaskCodecTest, SummariesAreTasksOfWhichLittleIsKnown) {
    auto const found = api::parse_summaries(
        R"({"totalHits": 1, "results": [{"taskId": "t1", "workflowId": "w1", "taskType": "square",
            "status": "IN_PROGRESS", "input": "{number=1}", "startTime": "2024-10-01"}]})");
    ASSERT_TRUE(found.has_value()) << found.error().message();
    ASSERT_EQ(found->size(), 1u);
    EXPECT_EQ(found->front().id(), "t1");
    EXPECT_EQ(found->front().workflow_id(), "w1");
    EXPECT_EQ(found->front().type(), "square");
    EXPECT_EQ(found->front().worker_id(), "");
}

TEST(TaskCodecTest, SummariesThatAreNoListAreMalformed) {
    for (auto const* body : {"[]", "{}", R"({"results": 1})", R"({"results": [3]})",
                             R"({"results": [{"taskId": "t1"}]})"})
        EXPECT_TRUE(api::parse_summaries(body).has_error()) << body;
}

}  // namespace
}  // namespace conductor::api
