#include "command_case.hpp"

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

TEST(TasksTest, ListsEveryTypeWithItsInputAndOutput) {
    command_case it;
    EXPECT_EQ(it.run(daemon::tasks_command{}), daemon::exit_done);
    std::string const text = it.out.str();
    for (std::string const part :
         {"github_fetch: ", "star_filter: ", "orbit_upload: ", "    gh_account *", "    stars *",
          "    orbit_workspace *", "  input (* required)\n", "  output (* always there)\n"}) {
        EXPECT_NE(text.find(part), std::string::npos) << part;
    }
}

}  // namespace
}  // namespace conductor::test
