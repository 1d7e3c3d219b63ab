#include "server_case.hpp"

#include "fakes/fake_conductor.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace conductor::test {
namespace {

class RegisterTest : public testing::Test {
protected:
    RegisterTest() {
        write_task(3);
        it.folder.write("wf.json", R"({"name": "wf", "version": 1, "ownerEmail": "a@b.cd",
            "tasks": [{"name": "t", "taskReferenceName": "r", "type": "SIMPLE"}]})");
        it.folder.write("schedules/s.json", R"({"name": "s", "cronExpression": "0 0 0 * * ?"})");
    }

    void write_task(int retries) {
        std::string const begin = R"([{"name": "t", "ownerEmail": "a@b.cd", "retryCount": )";
        it.folder.write("taskdefs.json", begin + std::to_string(retries) + "}]");
    }

    std::string run(bool dry_run, int status) {
        it.out.str("");
        it.err.str("");
        EXPECT_EQ(it.run(daemon::register_command{it.folder.path(), dry_run, ""}), status)
            << it.err.str();
        return it.out.str();
    }

    fake_conductor server;
    server_case it{server.url()};
};

TEST_F(RegisterTest, CreatesWhatIsMissingAndThenLeavesItAlone) {
    EXPECT_EQ(run(false, daemon::exit_done),
              "task definition t: created\nworkflow wf version 1: created\nschedule s: created\n");
    EXPECT_EQ(run(false, daemon::exit_done),
              "task definition t: unchanged\nworkflow wf version 1: unchanged\n"
              "schedule s: unchanged\n");
}

TEST_F(RegisterTest, UpdatesWhatDiffersAndShowsIt) {
    run(false, daemon::exit_done);
    write_task(5);
    EXPECT_EQ(run(false, daemon::exit_done),
              "task definition t: updated\n    /retryCount: 3 -> 5\n"
              "workflow wf version 1: unchanged\nschedule s: unchanged\n");
    EXPECT_EQ(run(false, daemon::exit_done),
              "task definition t: unchanged\nworkflow wf version 1: unchanged\n"
              "schedule s: unchanged\n");
}

TEST_F(RegisterTest, ADryRunWritesNothing) {
    for (int time = 0; time < 2; ++time) {
        EXPECT_EQ(run(true, daemon::exit_done),
                  "task definition t: would be created\nworkflow wf version 1: would be created\n"
                  "schedule s: would be created\n");
    }
    for (auto const& request : server.http().requests()) EXPECT_EQ(request.method, "GET");
}

TEST_F(RegisterTest, OneRefusalDoesNotKeepTheOthersOut) {
    run(false, daemon::exit_done);
    write_task(5);
    server.http().answer_next({.status = 400, .body = R"({"message": "bad\u001b[2J owner"})"});
    EXPECT_EQ(run(false, daemon::exit_failed),
              "workflow wf version 1: unchanged\nschedule s: unchanged\n");
    EXPECT_TRUE(it.err.str().starts_with("task definition t: ")) << it.err.str();
    EXPECT_NE(it.err.str().find("bad\\x1B[2J owner"), std::string::npos) << it.err.str();
}

TEST_F(RegisterTest, AServerThatTakesAndForgetsIsNotBelieved) {
    server.http().answer_next({.status = 404, .body = "{}"});
    server.http().answer_next({.status = 200, .body = "{}"});
    server.http().answer_next({.status = 404, .body = "{}"});
    run(false, daemon::exit_failed);
    EXPECT_NE(it.err.str().find("task definition t: "), std::string::npos);
    EXPECT_NE(it.err.str().find("the server took it but does not have it"), std::string::npos)
        << it.err.str();
}

TEST_F(RegisterTest, AServerThatIsAwayIsToldOnce) {
    server.http().go_down();
    EXPECT_EQ(run(false, daemon::exit_failed), "");
    EXPECT_TRUE(it.err.str().starts_with("task definition t: ")) << it.err.str();
    EXPECT_EQ(std::ranges::count(it.err.str(), '\n'), 1) << it.err.str();
}

TEST_F(RegisterTest, BadFilesAreAllReportedBeforeAnythingIsSent) {
    it.folder.write("a.json", "{");
    it.folder.write("b.json", "{}");
    EXPECT_THROW(it.run(daemon::register_command{it.folder.path(), false, ""}), config_error);
    EXPECT_TRUE(server.http().requests().empty());
}

}  // namespace
}  // namespace conductor::test
