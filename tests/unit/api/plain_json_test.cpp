#include "api/plain_json.hpp"

#include <gtest/gtest.h>

#include <string>

namespace conductor::api {
namespace {

bool skips(std::string const& text) {
    plain_json cursor(text);
    return cursor.skip_value() && cursor.rest().empty();
}

TEST(PlainJsonTest, SkipsPlainValues) {
    for (auto const* text :
         {"null", "true", "false", "0", "-0", "12", "-1.5", "0.25", R"("")", R"("text {]")", "[]",
          "{}", "[1,[2],{}]", R"({"a":{"b":[true,null]},"c":""})", " [ 1 , { \"a\" : 2 } ]"})
        EXPECT_TRUE(skips(text)) << text;
}

TEST(PlainJsonTest, LeavesTheRestToTheParser) {
    for (auto const* text :
         {"",          "nul",         "01",    "-",         "1.",       ".5",
          "1e5",       "1.5E-3",      "+1",    R"("a\"b")", R"("open)", "\"caf\xc3\xa9\"",
          "\"a\nb\"",  "[1,]",        "[,1]",  "[1",        "{",        R"({"a"})",
          R"({"a":})", R"({"a":1,})", "{1:2}", "[1 2]",     "'a'"})
        EXPECT_FALSE(skips(text)) << text;
}

TEST(PlainJsonTest, FindsWhatIsNotPlainWhereverItStands) {
    for (auto const* odd : {"\\n", "\xc3\xa9", "\n", "\x1f"}) {
        for (std::size_t before = 0; before < 40; ++before) {
            auto const text = '"' + std::string(before, '~') + odd + std::string(40, ' ') + '"';
            EXPECT_FALSE(skips(text)) << before;
        }
    }
    for (std::size_t size = 0; size < 40; ++size)
        EXPECT_TRUE(skips('"' + std::string(size, ' ') + '"')) << size;
}

TEST(PlainJsonTest, DeepNestingIsForTheParser) {
    EXPECT_TRUE(skips(std::string(32, '[') + std::string(32, ']')));
    EXPECT_FALSE(skips(std::string(33, '[') + std::string(33, ']')));
}

TEST(PlainJsonTest, TakesWholeNumbers) {
    plain_json cursor("123456789012345678,0]");
    EXPECT_EQ(cursor.take_whole_number(), 123456789012345678);
    EXPECT_TRUE(cursor.take(','));
    EXPECT_EQ(cursor.take_whole_number(), 0);
    EXPECT_EQ(cursor.rest(), "]");
}

TEST(PlainJsonTest, NumbersOfOtherKindsAreLeft) {
    for (auto const* text : {"1234567890123456789]", "9999999999999999999]", "1.5]", "1e5]", "01]",
                             "-1]", "12", "]"}) {
        plain_json cursor(text);
        EXPECT_EQ(cursor.take_whole_number(), std::nullopt) << text;
        EXPECT_EQ(cursor.rest(), text);
    }
}

TEST(PlainJsonTest, StepsOverBlanks) {
    plain_json cursor(" \r\n\t{ \"a\"");
    EXPECT_EQ(cursor.peek(), '{');
    EXPECT_TRUE(cursor.take('{'));
    EXPECT_EQ(cursor.take_text(), "a");
    EXPECT_EQ(cursor.peek(), '\0');
    EXPECT_FALSE(cursor.take('\0'));
}

}  // namespace
}  // namespace conductor::api
