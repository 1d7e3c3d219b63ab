#include <daemon/log/log_line.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

namespace conductor::test {
namespace {

using daemon::log_line;

TEST(LogLineTest, QuotesWhatHasBlanks) {
    log_line const line{"done", {{"a", "x"}, {"b", "x y"}, {"c", ""}, {"d", "q\"q"}, {"n", 7}}};
    EXPECT_EQ(daemon::to_text(line), R"(done a=x b="x y" c="" d="q\"q" n=7)");
}

TEST(LogLineTest, AValueCannotForgeALineOrAField) {
    log_line const line{"done", {{"a", "x\n2026-01-01T00:00:00Z error forged"}, {"b", "c=d"}}};
    EXPECT_EQ(daemon::to_text(line), R"(done a="x\n2026-01-01T00:00:00Z error forged" b="c=d")");
}

TEST(LogLineTest, JsonHoldsTheSameValues) {
    log_line const line{"done", {{"a", "x \"y\" \x1b z"}, {"n", 7}}};
    auto const parsed = boost::json::parse('{' + daemon::to_json_members(line) + '}');
    EXPECT_EQ(parsed,
              (boost::json::value{{"message", "done"}, {"a", "x \"y\" \\x1B z"}, {"n", 7}}));
}

}  // namespace
}  // namespace conductor::test
