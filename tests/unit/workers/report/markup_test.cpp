#include <report/markup.hpp>

#include "some_community.hpp"

#include <gtest/gtest.h>

namespace conductor::workers::report {
namespace {

std::string escaped(std::string_view outside) { return markup{}.text(outside).str(); }

TEST(MarkupTest, EscapesWhatHtmlWouldRead) {
    EXPECT_EQ(escaped("a & <b> \"c\" 'd'"), "a &amp; &lt;b&gt; &quot;c&quot; &#39;d&#39;");
    EXPECT_EQ(escaped("&amp;"), "&amp;amp;");
}

TEST(MarkupTest, NoTextCanOpenATagOrEndAnAttribute) {
    for (auto const name : test::hostile_names)
        EXPECT_EQ(escaped(name).find_first_of("<>\"'"), std::string::npos) << name;
}

TEST(MarkupTest, ReplacesControlsDirectionsAndBrokenBytes) {
    EXPECT_EQ(escaped("a\x1B[31m\nb"), "a�[31m�b");
    EXPECT_EQ(escaped(std::string_view{"a\0b", 3}), "a�b");
    EXPECT_EQ(escaped("x\u202Egpj\u2066"), "x�gpj�");
    EXPECT_EQ(escaped("\xC3(\xFF"), "�(�");
}

TEST(MarkupTest, KeepsOtherLettersAsTheyAre) { EXPECT_EQ(escaped("é…😀א"), "é…😀א"); }

TEST(MarkupTest, CutsALongTextAtAWholeCharacter) {
    EXPECT_EQ(escaped(std::string(text_bytes_max, 'x')), std::string(text_bytes_max, 'x'));
    EXPECT_EQ(escaped(std::string(text_bytes_max + 1, 'x')),
              std::string(text_bytes_max, 'x') + "…");
    auto const almost = std::string(text_bytes_max - 1, 'x');
    EXPECT_EQ(escaped(almost + "é"), almost + "…");
}

TEST(MarkupTest, GroupsTheDigitsOfCounts) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1'000), "1,000");
    EXPECT_EQ(grouped(1'234'567), "1,234,567");
    EXPECT_EQ(grouped(-100), "-100");
    EXPECT_EQ(grouped(-1'000), "-1,000");
}

TEST(MarkupTest, WritesPlacesToATenth) {
    EXPECT_EQ(markup{}.place(12).str(), "12");
    EXPECT_EQ(markup{}.place(12.34).str(), "12.3");
    EXPECT_EQ(markup{}.place(0.96).str(), "1");
    EXPECT_EQ(markup{}.place(-0.01).str(), "0");
}

TEST(MarkupTest, SharesAreWholePerCents) {
    EXPECT_EQ(per_cent(0, 5), "0");
    EXPECT_EQ(per_cent(1, 1'000), "<1");
    EXPECT_EQ(per_cent(1, 3), "33");
    EXPECT_EQ(per_cent(5, 5), "100");
    EXPECT_EQ(per_cent(0, 0), "0");
}

}  // namespace
}  // namespace conductor::workers::report
