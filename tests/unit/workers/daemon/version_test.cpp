#include <daemon/version.hpp>

#include <gtest/gtest.h>

#include <regex>

namespace conductor::test {
namespace {

TEST(VersionTest, HasThreeNumbers) {
    std::string const text{daemon::version()};
    EXPECT_TRUE(std::regex_match(text, std::regex{R"(\d+\.\d+\.\d+)"})) << text;
}

}  // namespace
}  // namespace conductor::test
