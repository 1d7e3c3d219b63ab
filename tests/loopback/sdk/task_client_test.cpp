#include "fakes/fake_http_server.hpp"
#include "support/run_coroutine.hpp"

#include <conductor/conductor.hpp>

#include <gtest/gtest.h>
#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>

namespace conductor::test {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;

class TaskClientLoopbackTest : public ::testing::Test {
protected:
    static client_options options_of(fake_http_server const& server) {
        client_options options;
        options.server_url = server.url("/base/api/");
        return options;
    }

    fake_http_server server_{[](http_request const&) { return http_answer{.body = "[]"}; }};
    boost::asio::io_context loop_;
    std::shared_ptr<rest_client> rest_ =
        std::make_shared<rest_client>(loop_.get_executor(), options_of(server_));
    task_client client_{rest_};
};

task_update beat_update() {
    task_update update;
    update.task_id = "t";
    update.workflow_id = "w";
    update.worker_id = "us";
    update.status = task_status::in_progress;
    update.callback_after = std::chrono::seconds{9};
    update.output = {{"n", 1}};
    update.logs = {{"line", std::chrono::system_clock::time_point{milliseconds{5}}}};
    update.extra = {{"extendLease", true}};
    return update;
}

TEST_F(TaskClientLoopbackTest, PollNamesTypeWorkerCountAndWait) {
    EXPECT_TRUE(run_coroutine(loop_, client_.poll({.type = "a/b c",
                                                   .worker_id = "w&1",
                                                   .domain = "d=1",
                                                   .count = 3,
                                                   .wait = milliseconds{250}}))
                    .has_value());
    auto const request = server_.requests().at(0);
    EXPECT_EQ(request.method, "GET");
    EXPECT_EQ(request.path(), "/base/api/tasks/poll/batch/a%2Fb%20c");
    EXPECT_EQ(request.query("workerid"), "w&1");
    EXPECT_EQ(request.query("domain"), "d=1");
    EXPECT_EQ(request.query("count"), "3");
    EXPECT_EQ(request.query("timeout"), "250");
}

TEST_F(TaskClientLoopbackTest, PollWithoutDomainSendsNone) {
    run_coroutine(loop_, client_.poll({.type = "t", .worker_id = "w", .domain = {}}));
    EXPECT_EQ(server_.requests().at(0).query("domain"), std::nullopt);
}

TEST_F(TaskClientLoopbackTest, PollWaitsNoLongerThanTheServerAllows) {
    run_coroutine(
        loop_,
        client_.poll(
            {.type = "t", .worker_id = "w", .domain = {}, .wait = std::chrono::seconds{60}}));
    EXPECT_EQ(server_.requests().at(0).query("timeout"), "5000");
}

TEST_F(TaskClientLoopbackTest, AllFormsOfNothingAreNoTasks) {
    for (auto const& nothing :
         {http_answer{.body = "[]"}, http_answer{.body = ""}, http_answer{.status = 204}}) {
        server_.answer_next(nothing);
        auto const tasks =
            run_coroutine(loop_, client_.poll({.type = "t", .worker_id = "w", .domain = {}}));
        ASSERT_TRUE(tasks.has_value()) << tasks.error().message();
        EXPECT_TRUE(tasks->empty());
    }
}

TEST_F(TaskClientLoopbackTest, MembersThatNobodyKnowsAreKept) {
    server_.answer_next({.body = R"([{"taskId": "t", "workflowInstanceId": "w",
                                      "new_member": {"deep": [1, 2.5]}}])"});
    auto const tasks =
        run_coroutine(loop_, client_.poll({.type = "t", .worker_id = "w", .domain = {}}));
    ASSERT_EQ(tasks->size(), 1u);
    EXPECT_EQ(tasks->front().document().at("new_member"), (json::object{{"deep", {1, 2.5}}}));
}

TEST_F(TaskClientLoopbackTest, UnreadableAnswerOfAPollMayHaveClaimedTasks) {
    for (auto const* body : {"{broken", "{}", R"([{"taskType": "t"}])", "[5]"}) {
        server_.answer_next({.body = body});
        auto const tasks =
            run_coroutine(loop_, client_.poll({.type = "t", .worker_id = "w", .domain = {}}));
        ASSERT_TRUE(tasks.has_error()) << body;
        EXPECT_EQ(tasks.error().code, errc::bad_response);
        EXPECT_TRUE(tasks.error().may_have_arrived);
    }
}

TEST_F(TaskClientLoopbackTest, ErrorStatusOfAPollMayHaveClaimedTasks) {
    server_.answer_next({.status = 500, .body = R"({"message": "a listener failed"})"});
    auto const tasks =
        run_coroutine(loop_, client_.poll({.type = "t", .worker_id = "w", .domain = {}}));
    ASSERT_TRUE(tasks.has_error());
    EXPECT_TRUE(tasks.error().may_have_arrived);
}

TEST_F(TaskClientLoopbackTest, CutAnswerOfAPollMayHaveClaimedTasksAndIsNotRepeated) {
    for (auto const cut : {delivery::nothing, delivery::part, delivery::reset}) {
        auto const before = server_.requests().size();
        server_.answer_next({.body = "[    ]", .delivery = cut});
        auto const tasks =
            run_coroutine(loop_, client_.poll({.type = "t", .worker_id = "w", .domain = {}}));
        ASSERT_TRUE(tasks.has_error());
        EXPECT_TRUE(tasks.error().may_have_arrived);
        EXPECT_EQ(tasks.error().code, condition::transient);
        EXPECT_EQ(server_.requests().size(), before + 1);
    }
}

TEST_F(TaskClientLoopbackTest, ServerThatIsDownHasNotReceivedAnything) {
    server_.go_down();
    auto const tasks =
        run_coroutine(loop_, client_.poll({.type = "t", .worker_id = "w", .domain = {}}));
    ASSERT_TRUE(tasks.has_error());
    EXPECT_FALSE(tasks.error().may_have_arrived);
    EXPECT_EQ(tasks.error().code, condition::network);
}

TEST_F(TaskClientLoopbackTest, UpdateIsWrittenAsTheServerReadsIt) {
    server_.answer_next({.body = "t", .headers = {{"Content-Type", "text/plain"}}});
    ASSERT_TRUE(run_coroutine(loop_, client_.update(beat_update())).has_value());
    auto const request = server_.requests().at(0);
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.path(), "/base/api/tasks");
    EXPECT_EQ(request.headers.find("Content-Type"), "application/json");
    json::object const line{{"log", "line"}, {"taskId", "t"}, {"createdTime", 5}};
    EXPECT_EQ(json::parse(request.body), (json::object{{"taskId", "t"},
                                                       {"workflowInstanceId", "w"},
                                                       {"workerId", "us"},
                                                       {"status", "IN_PROGRESS"},
                                                       {"callbackAfterSeconds", 9},
                                                       {"outputData", {{"n", 1}}},
                                                       {"logs", json::array{line}},
                                                       {"extendLease", true}}));
}

TEST_F(TaskClientLoopbackTest, AskedForWaitIsPassedOn) {
    server_.answer_next({.status = 429, .headers = {{"Retry-After", "17"}}});
    auto const outcome = run_coroutine(loop_, client_.update(beat_update()));
    ASSERT_TRUE(outcome.has_error());
    EXPECT_EQ(outcome.error().retry_after, std::chrono::seconds{17});
    EXPECT_EQ(outcome.error().code, condition::transient);
}

TEST_F(TaskClientLoopbackTest, LogLineIsSentAsItIs) {
    server_.answer_next({.body = ""});
    ASSERT_TRUE(run_coroutine(loop_, client_.log("t", "a \"line\"")).has_value());
    EXPECT_EQ(server_.requests().at(0).path(), "/base/api/tasks/t/log");
    EXPECT_EQ(server_.requests().at(0).body, "a \"line\"");
    EXPECT_EQ(server_.requests().at(0).headers.find("Content-Type"), "text/plain");
}

// As a server with its index in PostgreSQL answers: no search for whole tasks.
http_answer answer_with_summaries(http_request const& request) {
    auto const path = request.path();
    if (path.ends_with("/tasks/search-v2")) return {.status = 500, .body = "result is null"};
    if (path.ends_with("/tasks/search"))
        return {.body = R"({"totalHits": 2, "results": [
            {"taskId": "one", "workflowId": "w", "taskType": "t", "input": "{n=1}"},
            {"taskId": "gone", "workflowId": "w", "taskType": "t"}]})"};
    if (path.ends_with("/tasks/one"))
        return {.body = R"({"taskId": "one", "workflowInstanceId": "w", "taskType": "t",
                            "workerId": "us", "pollCount": 3})"};
    return {.status = 404, .body = "{}"};
}

TEST(TaskSearchLoopbackTest, WhereThereAreSummariesAloneEachTaskIsRead) {
    fake_http_server server{answer_with_summaries};
    boost::asio::io_context loop;
    client_options options;
    options.server_url = server.url("/api");
    task_client client{std::make_shared<rest_client>(loop.get_executor(), options)};
    auto const found = run_coroutine(loop, client.search({.type = "t", .start = 4, .count = 2}));
    ASSERT_TRUE(found.has_value()) << found.error().message();
    ASSERT_EQ(found->size(), 2u);
    EXPECT_EQ(found->front().worker_id(), "us");
    EXPECT_EQ(found->front().poll_count(), 3);
    EXPECT_EQ(found->back().worker_id(), "");
    auto const asked = server.requests().at(1);
    EXPECT_EQ(asked.query("query"), "taskType='t' AND status='IN_PROGRESS'");
    EXPECT_EQ(asked.query("start"), "4");
    EXPECT_EQ(asked.query("size"), "2");
    EXPECT_EQ(asked.query("sort"), "taskId:ASC");
}

TEST(TaskSearchLoopbackTest, AServerThatFailsAtBothKeepsItsFirstError) {
    fake_http_server server{[](http_request const&) {
        return http_answer{.status = 500, .body = R"({"message": "out of order"})"};
    }};
    boost::asio::io_context loop;
    client_options options;
    options.server_url = server.url("/api");
    task_client client{std::make_shared<rest_client>(loop.get_executor(), options)};
    auto const found = run_coroutine(loop, client.search({.type = "t"}));
    ASSERT_TRUE(found.has_error());
    EXPECT_EQ(found.error().code, make_http_error(500));
    EXPECT_NE(found.error().detail.find("/tasks/search-v2"), std::string::npos);
}

}  // namespace
}  // namespace conductor::test
