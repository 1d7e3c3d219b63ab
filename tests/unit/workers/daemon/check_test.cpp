#include "command_case.hpp"

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

TEST(CheckTest, PrintsEachValueWithItsOrigin) {
    command_case it;
    auto const file = it.folder.write("w.yaml", R"(secrets: { github: env:GITHUB_TOKEN }
workers: { github_fetch: { slots: 5, secrets: [github] } }
)");
    EXPECT_EQ(it.run(daemon::check_command{file}), daemon::exit_done);
    std::string const text = it.out.str();
    EXPECT_NE(text.find("set, from env:GITHUB_TOKEN"), std::string::npos) << text;
    EXPECT_NE(text.find(file + ":2)"), std::string::npos) << text;
    EXPECT_EQ(text.find("ghp_abc"), std::string::npos) << text;
}

TEST(CheckTest, ThrowsTheFaults) {
    command_case it;
    auto const file = it.folder.write("w.yaml", "workers: { star_filter: { slots: 0 } }\n");
    EXPECT_THROW(it.run(daemon::check_command{file}), config_error);
    EXPECT_EQ(it.out.str(), "");
}

// What is shipped as an example must be right in every line.
TEST(CheckTest, TheSampleConfigurationIsValid) {
    command_case it;
    EXPECT_EQ(it.run(daemon::check_command{SAMPLE_CONFIG}), daemon::exit_done) << it.err.str();
}

}  // namespace
}  // namespace conductor::test
