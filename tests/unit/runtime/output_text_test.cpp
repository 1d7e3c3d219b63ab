#include "runtime/output_text.hpp"

#include <gtest/gtest.h>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <cmath>

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

TEST(OutputTextTest, NamesThePlaceOfANumberThatJsonCannotTell) {
    for (double const bad : {HUGE_VAL, -HUGE_VAL, std::nan("")})
        EXPECT_EQ(fault_of({{"a", {1, {{"b", bad}}}}}),
                  "the output cannot be sent: /a/1/b: the number is not finite, which JSON cannot "
                  "tell");
    EXPECT_EQ(fault_of({{"a", 1.7e308}}), "none");
}

TEST(OutputTextTest, NestingHasALimit) {
    json::value nested = 1;
    for (int level = 0; level < 800; ++level) nested = json::array{std::move(nested)};
    EXPECT_EQ(fault_of({{"n", nested}}), "none");
    for (int level = 0; level < 200; ++level) nested = json::array{std::move(nested)};
    EXPECT_NE(fault_of({{"n", nested}}).find("nested deeper than 900 levels"), std::string::npos);
}

std::string fault_of_update(std::string text, std::size_t bytes_max = roomy) {
    task_update update;
    update.output_text = text;
    auto const written = write_output(update, bytes_max);
    EXPECT_EQ(update.output_text, text) << "text is sent as it was given";
    return written ? "none" : written.error().detail;
}

TEST(OutputTextTest, ChecksTextThatAHandlerGave) {
    EXPECT_EQ(fault_of_update(R"({ "a" : "grüße" })"), "none");
    EXPECT_EQ(fault_of_update(R"({"a":1)"),
              "the output cannot be sent: not JSON at byte 6: incomplete JSON");
    EXPECT_EQ(fault_of_update("[1]"), "the output cannot be sent: not a JSON object");
    EXPECT_NE(fault_of_update("{\"a\":\"\xff\"}"), "none");
    EXPECT_EQ(fault_of_update(R"({"a":1})", 5), "the output has 7 bytes; at most 5 can be sent");
}

TEST(OutputTextTest, WritesAnUpdateThatHasNoText) {
    task_update update;
    update.output["a"] = 1;
    ASSERT_TRUE(write_output(update, roomy));
    EXPECT_EQ(update.output_text, R"({"a":1})");
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
