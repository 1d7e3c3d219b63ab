#include "daemon_process.hpp"

#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

TEST(MainTest, VersionAndHelpEndWell) {
    daemon_process version{{"--version"}};
    EXPECT_TRUE(version.rest().starts_with("conductor-workerd "));
    EXPECT_EQ(version.wait(), 0);
}

TEST(MainTest, AWrongCommandLineIsExitStatus2) {
    daemon_process wrong{{"walk"}};
    EXPECT_NE(wrong.rest().find("walk"), std::string::npos);
    EXPECT_EQ(wrong.wait(), 2);
}

TEST(MainTest, AWrongConfigurationIsExitStatus2AndNamesEachPlace) {
    temporary_folder const folder;
    auto const file = folder.write("w.yaml", "workers: { star_filter: { slots: 0 } }\nx: y\n");
    daemon_process wrong{{"run", "--config", file}};
    auto const text = wrong.rest();
    EXPECT_EQ(wrong.wait(), 2);
    EXPECT_NE(text.find(file + ":1:34: workers.star_filter.slots: "), std::string::npos) << text;
    EXPECT_NE(text.find(file + ":2:1: x: unknown key"), std::string::npos) << text;
}

TEST(MainTest, AVariableThatCannotBeUsedIsExitStatus2) {
    ::setenv("CONDUCTOR_REQUEST_TIMEOUT_MS", "soon", 1);
    daemon_process wrong{{"tasks"}};
    ::unsetenv("CONDUCTOR_REQUEST_TIMEOUT_MS");
    EXPECT_NE(wrong.rest().find("CONDUCTOR_REQUEST_TIMEOUT_MS"), std::string::npos);
    EXPECT_EQ(wrong.wait(), 2);
}

}  // namespace
}  // namespace conductor::test
