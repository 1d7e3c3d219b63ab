#include "runtime/output_text.hpp"

#include <gtest/gtest.h>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

namespace conductor::runtime_detail {
namespace {

namespace json = boost::json;

constexpr std::size_t roomy = 1'000'000;

std::string fault_of(json::object const& output, std::size_t bytes_max = roomy) {
    auto const text = write_output(output, bytes_max);
    return text ? "none" : text.error().detail;
}

TEST(OutputTextTest, WritesWhatTheServerCanRead) {
    json::object const output{{"n", 1}, {"text", "grüße 👋"}, {"list", {1, "two", nullptr}}};
    auto const text = write_output(output, roomy);
    ASSERT_TRUE(text);
    EXPECT_EQ(json::parse(*text), output);
}

TEST(OutputTextTest, NamesTheSizeOfAnOutputThatIsTooLarge) {
    json::object const output{{"text", std::string(100, 'x')}};
    EXPECT_EQ(fault_of(output, 50), "the output has 111 bytes; at most 50 can be sent");
    EXPECT_EQ(fault_of(output, 111), "none");
}

TEST(OutputTextTest, NamesThePlaceOfTextThatIsNotUtf8) {
    for (auto const* bad : {"\xff", "abcdefgh\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf5\x80\x80\x80",
                            "\xe0\x80\x80", "\xf4\x90\x80\x80"})
        EXPECT_EQ(fault_of({{"a", {1, {{"b", bad}}}}}),
                  "the output cannot be sent: /a/1/b: text is not UTF-8");
    EXPECT_EQ(fault_of({{"a", {{"\xff", 1}}}}),
              "the output cannot be sent: /a: a name of a member is not UTF-8");
}

TEST(OutputTextTest, NestingHasALimit) {
    json::value nested = 1;
    for (int level = 0; level < 800; ++level) nested = json::array{std::move(nested)};
    EXPECT_EQ(fault_of({{"n", nested}}), "none");
    for (int level = 0; level < 200; ++level) nested = json::array{std::move(nested)};
    EXPECT_NE(fault_of({{"n", nested}}).find("nested deeper than 900 levels"), std::string::npos);
}

TEST(OutputTextTest, ReplacesWhatIsNotUtf8InText) {
    EXPECT_EQ(as_utf8("fine grüße"), "fine grüße");
    EXPECT_EQ(as_utf8("a\xff\xfe-z"),
              "a?"
              "?-z");
    EXPECT_EQ(as_utf8("cut \xc3"), "cut ?");
}

}  // namespace
}  // namespace conductor::runtime_detail
