#include "fakes/fake_http_server.hpp"
#include "support/leaping_clock.hpp"
#include "support/run_coroutine.hpp"

#include <daemon/commands/follow.hpp>

#include <gtest/gtest.h>
#include <boost/asio/io_context.hpp>

#include <algorithm>

namespace conductor::test {
namespace {

using strings = std::vector<std::string>;
using std::chrono::milliseconds;

http_answer workflow(std::string const& status, std::string const& task_status) {
    return {.body = R"({"workflowId": "w", "status": ")" + status + R"(", "tasks": [{"taskId": "1",
        "referenceTaskName": "r", "taskType": "t", "status": ")" +
                    task_status + R"("}]})"};
}

class FollowTest : public testing::Test {
protected:
    result<daemon::workflow_end> follow() {
        auto const rest = std::make_shared<rest_client>(
            loop.get_executor(), client_options{.server_url = server.url("/api")});
        daemon::follower watcher{rest,
                                 clock,
                                 loop.get_executor(),
                                 {[this](std::string const& line) { progress.push_back(line); },
                                  [this](std::string const& line) { trouble.push_back(line); }}};
        return run_coroutine(loop, watcher.follow("w"));
    }

    fake_http_server server{[](http_request const&) { return workflow("COMPLETED", "COMPLETED"); }};
    boost::asio::io_context loop;
    std::shared_ptr<leaping_clock> clock = std::make_shared<leaping_clock>();
    strings progress;
    strings trouble;
};

TEST_F(FollowTest, ShowsEachChangeUntilTheEnd) {
    server.answer_next(workflow("RUNNING", "SCHEDULED"));
    server.answer_next(workflow("RUNNING", "IN_PROGRESS"));
    server.answer_next(workflow("RUNNING", "IN_PROGRESS"));
    auto const end = follow();
    ASSERT_TRUE(end.has_value()) << end.error().message();
    EXPECT_EQ(*end, (daemon::workflow_end{true, "workflow COMPLETED"}));
    EXPECT_EQ(progress.size(), 3U) << testing::PrintToString(progress);
    EXPECT_EQ(clock->waits(),
              (std::vector{milliseconds{200}, milliseconds{200}, milliseconds{300}}));
}

TEST_F(FollowTest, LooksLessOftenWhileNothingHappens) {
    for (int i = 0; i < 20; ++i) server.answer_next(workflow("RUNNING", "IN_PROGRESS"));
    follow();
    EXPECT_EQ(clock->waits().back(), milliseconds{1000});
    EXPECT_EQ(progress.size(), 2U);
}

TEST_F(FollowTest, WaitsForAServerThatIsAwayAndSaysSoOnceAMinute) {
    server.answer_next(workflow("RUNNING", "IN_PROGRESS"));
    for (int i = 0; i < 70; ++i) server.answer_next({.status = 503, .body = "busy"});
    auto const end = follow();
    ASSERT_TRUE(end.has_value()) << end.error().message();
    EXPECT_TRUE(end->completed);
    ASSERT_EQ(trouble.size(), 3U) << testing::PrintToString(trouble);
    EXPECT_TRUE(trouble[0].starts_with("cannot read the workflow"));
    EXPECT_TRUE(trouble[1].starts_with("cannot read the workflow"));
    EXPECT_EQ(trouble[2], "the server answers again");
}

TEST_F(FollowTest, GivesUpOnWhatDoesNotPass) {
    server.answer_next({.status = 404, .body = R"({"message": "No such workflow"})"});
    auto const end = follow();
    ASSERT_TRUE(end.has_error());
    EXPECT_EQ(end.error().code, condition::gone);
}

TEST_F(FollowTest, TellsHowItFailed) {
    server.answer_next({.body = R"({"status": "FAILED", "reasonForIncompletion": "why",
                                    "tasks": []})"});
    EXPECT_EQ(*follow(), (daemon::workflow_end{false, "workflow FAILED: why"}));
}

}  // namespace
}  // namespace conductor::test
