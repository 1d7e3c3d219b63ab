#include <daemon/commands/workflow_progress.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

namespace conductor::test {
namespace {

using strings = std::vector<std::string>;

boost::json::object parse(char const* text) { return boost::json::parse(text).as_object(); }

TEST(WorkflowProgressTest, SaysEachStateOnce) {
    daemon::workflow_progress progress;
    auto const scheduled = parse(R"({"tasks": [{"taskId": "1", "referenceTaskName": "repo",
        "taskType": "github_fetch", "status": "SCHEDULED", "updateTime": 0,
        "scheduledTime": 3661000}]})");
    EXPECT_EQ(progress.next(scheduled),
              strings{"01:01:01  repo                              github_fetch        SCHEDULED"});
    EXPECT_EQ(progress.next(scheduled), strings{});
    auto const done = parse(R"({"tasks": [{"taskId": "1", "referenceTaskName": "repo",
        "taskType": "github_fetch", "status": "COMPLETED", "startTime": 3661000,
        "endTime": 3662250}]})");
    EXPECT_EQ(progress.next(done), strings{"01:01:02  repo                              "
                                           "github_fetch        COMPLETED  1.25 s"});
}

TEST(WorkflowProgressTest, AttemptsIterationsAndReasonsAreTold) {
    daemon::workflow_progress progress;
    auto const lines = progress.next(parse(R"({"tasks": [
        {"taskId": "1", "referenceTaskName": "loop", "taskType": "DO_WHILE",
         "status": "IN_PROGRESS", "iteration": 2, "updateTime": 1000},
        {"taskId": "2", "referenceTaskName": "page__2", "taskType": "github_fetch",
         "status": "FAILED", "retryCount": 1, "endTime": 2000, "startTime": 1000,
         "reasonForIncompletion": "GH_UPSTREAM \u001b[2J: 502"}]})"));
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_TRUE(lines[0].ends_with("IN_PROGRESS iteration 2")) << lines[0];
    EXPECT_TRUE(lines[1].ends_with("FAILED  1.00 s  retry 1  GH_UPSTREAM \\x1B[2J: 502"))
        << lines[1];
    EXPECT_EQ(progress
                  .next(parse(R"({"tasks": [{"taskId": "1", "referenceTaskName": "loop",
        "taskType": "DO_WHILE", "status": "IN_PROGRESS", "iteration": 3}]})"))
                  .size(),
              1U);
}

// ESC ] sets the title of a terminal, CR writes over the line, U+202E turns it round.
TEST(WorkflowProgressTest, HostileTextsStayTextOnOneLine) {
    daemon::workflow_progress progress;
    auto const hostile = parse(R"({"tasks": [
        {"taskId": "1", "referenceTaskName": "a\u001b]0;owned\u0007", "taskType": "b\rc\u009b",
         "status": "FAILED\n", "reasonForIncompletion": "\u202ed"}]})");
    auto const lines = progress.next(hostile);
    ASSERT_EQ(lines.size(), 1U);
    for (auto const* const text : {"a\\x1B]0;owned\\x07", "b\\rc\\x9B", "FAILED\\n", "\\u{202E}d"})
        EXPECT_NE(lines[0].find(text), std::string::npos) << lines[0];
    EXPECT_EQ(lines[0].find_first_of("\x1b\r\n\a"), std::string::npos);
    auto const end = daemon::end_of(parse(R"({"status": "FAILED",
                                              "reasonForIncompletion": "\u001b[31m"})"));
    EXPECT_EQ(end->text, "workflow FAILED: \\x1B[31m");
}

TEST(WorkflowProgressTest, OddAnswersAreReadWithoutHarm) {
    daemon::workflow_progress progress;
    for (char const* const text :
         {"{}", R"({"tasks": 7})", R"({"tasks": [7, null, {}]})",
          R"({"tasks": [{"taskId": 7, "status": {}, "updateTime": "x"}]})",
          R"({"tasks": [{"taskId": "1", "status": "COMPLETED", "endTime": -5}]})"}) {
        EXPECT_LE(progress.next(parse(text)).size(), 1U) << text;
    }
}

TEST(WorkflowEndTest, NoneWhileItRuns) {
    for (char const* const text :
         {R"({"status": "RUNNING"})", R"({"status": "PAUSED"})", "{}", R"({"status": 7})"}) {
        EXPECT_FALSE(daemon::end_of(parse(text))) << text;
    }
}

TEST(WorkflowEndTest, SaysStateTimeAndReason) {
    EXPECT_EQ(daemon::end_of(parse(R"({"status": "COMPLETED", "startTime": 1000,
                                       "endTime": 3500})")),
              (daemon::workflow_end{true, "workflow COMPLETED after 2.50 s"}));
    EXPECT_EQ(daemon::end_of(parse(R"({"status": "FAILED",
                                       "reasonForIncompletion": "task x\nfailed"})")),
              (daemon::workflow_end{false, "workflow FAILED: task x\\nfailed"}));
    EXPECT_FALSE(daemon::end_of(parse(R"({"status": "TIMED_OUT"})"))->completed);
    EXPECT_FALSE(daemon::end_of(parse(R"({"status": "TERMINATED"})"))->completed);
}

}  // namespace
}  // namespace conductor::test
