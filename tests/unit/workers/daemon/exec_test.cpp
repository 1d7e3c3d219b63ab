#include "command_case.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

namespace conductor::test {
namespace {

constexpr char one_star[] = R"({"activity_name": "starredConductor", "gh_account": "Netflix",
    "gh_repo": "conductor", "cutoff": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z",
    "stars": [{"starred_at": "2026-01-01T12:00:00Z",
               "user": {"login": "ann", "id": 7, "type": "User"}}]})";

TEST(ExecTest, RunsAHandlerAndPrintsItsResult) {
    command_case it;
    auto const input = it.folder.write("in.json", one_star);
    EXPECT_EQ(it.run(daemon::exec_command{"star_filter", input, ""}), daemon::exit_done);
    auto const printed = boost::json::parse(it.out.str());
    EXPECT_EQ(printed.at("status"), "COMPLETED");
    EXPECT_EQ(printed.at("outputData").at("count"), 1);
    EXPECT_EQ(printed.at("outputData").at("activities").at(0).at("key"),
              "github:star:netflix/conductor:7");
}

TEST(ExecTest, AFailedTaskIsExitStatus1) {
    command_case it;
    auto const input = it.folder.write("in.json", "{}");
    EXPECT_EQ(it.run(daemon::exec_command{"star_filter", input, ""}), daemon::exit_failed);
    auto const printed = boost::json::parse(it.out.str());
    EXPECT_EQ(printed.at("status"), "FAILED_WITH_TERMINAL_ERROR");
    EXPECT_TRUE(printed.at("reasonForIncompletion").as_string().starts_with("BAD_INPUT"));
}

TEST(ExecTest, ACoroutineHandlerRunsAsWell) {
    command_case it;
    auto const input = it.folder.write("in.json", "{}");
    EXPECT_EQ(it.run(daemon::exec_command{"github_fetch", input, ""}), daemon::exit_failed);
    EXPECT_TRUE(boost::json::parse(it.out.str())
                    .at("reasonForIncompletion")
                    .as_string()
                    .starts_with("BAD_INPUT"));
}

TEST(ExecTest, AnUnknownTypeAndABadInputAreRefused) {
    command_case it;
    auto const input = it.folder.write("in.json", "{");
    EXPECT_THROW(it.run(daemon::exec_command{"star_filter", input, ""}), config_error);
    auto const good = it.folder.write("good.json", "{}");
    EXPECT_THROW(it.run(daemon::exec_command{"star_filler", good, ""}), config_error);
}

}  // namespace
}  // namespace conductor::test
