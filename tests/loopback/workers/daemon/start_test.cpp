#include "server_case.hpp"

#include "fakes/fake_http_server.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

namespace conductor::test {
namespace {

http_answer finished(http_request const& request) {
    if (request.method == "POST") {
        return {.body = "11111111-2222-3333-4444-555555555555",
                .headers = {{"Content-Type", "text/plain"}}};
    }
    return {.body = R"({"status": "COMPLETED", "tasks": [{"taskId": "1", "taskType": "t",
                        "referenceTaskName": "r", "status": "COMPLETED"}]})"};
}

class StartTest : public testing::Test {
protected:
    int run(daemon::start_command command) {
        command.workflow = "wf";
        return it.run(command);
    }

    fake_http_server server{finished};
    server_case it{server.url("/api")};
};

TEST_F(StartTest, PrintsTheIdAlone) {
    auto const input = it.folder.write("in.json", R"({"a": 1})");
    EXPECT_EQ(run({.input = input, .version = 2, .correlation_id = "c"}), daemon::exit_done);
    EXPECT_EQ(it.out.str(), "11111111-2222-3333-4444-555555555555\n");
    ASSERT_EQ(server.requests().size(), 1U);
    auto const sent = boost::json::parse(server.requests()[0].body);
    EXPECT_EQ(sent.at("name"), "wf");
    EXPECT_EQ(sent.at("version"), 2);
    EXPECT_EQ(sent.at("correlationId"), "c");
    EXPECT_EQ(sent.at("input").at("a"), 1);
}

TEST_F(StartTest, FollowsToTheEnd) {
    EXPECT_EQ(run({.follow = true}), daemon::exit_done);
    std::string const text = it.out.str();
    EXPECT_TRUE(text.starts_with("wf started, workflow id 11111111-")) << text;
    EXPECT_TRUE(text.ends_with("workflow COMPLETED\n")) << text;
}

TEST_F(StartTest, AWorkflowThatFailsIsExitStatus1) {
    server.answer_next({.body = "id"});
    server.answer_next(
        {.body = R"({"status": "FAILED", "reasonForIncompletion": "GH_NOT_FOUND"})"});
    EXPECT_EQ(run({.follow = true}), daemon::exit_failed);
    EXPECT_EQ(it.err.str(), "workflow FAILED: GH_NOT_FOUND\n");
}

TEST_F(StartTest, ARefusalIsToldAndExitStatus1) {
    server.answer_next({.status = 404, .body = R"({"message": "No such workflow defined"})"});
    EXPECT_EQ(run({}), daemon::exit_failed);
    EXPECT_TRUE(it.err.str().starts_with("cannot start wf: ")) << it.err.str();
    EXPECT_NE(it.err.str().find("No such workflow defined"), std::string::npos) << it.err.str();
}

TEST_F(StartTest, AnUnreachableServerIsExitStatus1) {
    server.go_down();
    EXPECT_EQ(run({}), daemon::exit_failed);
    EXPECT_TRUE(it.err.str().starts_with("cannot start wf: ")) << it.err.str();
}

TEST_F(StartTest, ABadInputIsRefusedBeforeAnythingIsSent) {
    auto const input = it.folder.write("in.json", "[]");
    EXPECT_THROW(run({.input = input}), config_error);
    EXPECT_TRUE(server.requests().empty());
}

}  // namespace
}  // namespace conductor::test
