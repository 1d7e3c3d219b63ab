#include "log_capture.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <regex>

namespace conductor::test {
namespace {

using daemon::log_format;
using daemon::log_level;

TEST(LoggerTest, WritesTimeLevelAndMessage) {
    log_capture captured;
    captured.log().write(log_level::warn, {"it {} happened", {{"a", "{b}"}}});
    ASSERT_EQ(captured.whole_lines().size(), 1U);
    std::regex const form{R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z )"
                          R"(warning it \{\} happened a=\{b\})"};
    EXPECT_TRUE(std::regex_match(captured.whole_lines()[0], form)) << captured.whole_lines()[0];
}

TEST(LoggerTest, WritesOneJsonObjectALine) {
    log_capture captured{log_level::info, log_format::json};
    captured.log().write(log_level::info, {"done", {{"reason", "a\nb"}}});
    ASSERT_EQ(captured.whole_lines().size(), 1U);
    auto const parsed = boost::json::parse(captured.whole_lines()[0]);
    EXPECT_EQ(parsed.at("level"), "info");
    EXPECT_EQ(parsed.at("message"), "done");
    EXPECT_EQ(parsed.at("reason"), "a\\nb");
    EXPECT_TRUE(parsed.at("time").as_string().ends_with("Z"));
}

TEST(LoggerTest, LeavesOutWhatIsBelowItsLevel) {
    log_capture captured{log_level::warn};
    captured.log().write(log_level::info, {"quiet"});
    EXPECT_TRUE(captured.whole_lines().empty());
    EXPECT_FALSE(captured.log().writes(log_level::info));
    EXPECT_TRUE(captured.log().writes(log_level::error));
}

}  // namespace
}  // namespace conductor::test
