#include <daemon/log/printable.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

using daemon::printable;

TEST(PrintableTest, LeavesTextOfAnyLanguageAsItIs) {
    EXPECT_EQ(printable("plain, Zoë, 星, 🌟"), "plain, Zoë, 星, 🌟");
}

TEST(PrintableTest, EscapesWhatMovesTheCursor) {
    EXPECT_EQ(printable("a\nb\rc\td"), "a\\nb\\rc\\td");
    EXPECT_EQ(printable("\x1b[2Jx"), "\\x1B[2Jx");
    EXPECT_EQ(printable(std::string_view{"a\0b", 3}), "a\\x00b");
    EXPECT_EQ(printable("\x7f"), "\\x7F");
    EXPECT_EQ(printable("\xC2\x9B"
                        "31m"),
              "\\x9B31m");
}

TEST(PrintableTest, EscapesWhatChangesDirectionOrLine) {
    EXPECT_EQ(printable("\u202Egnp.exe"), "\\u{202E}gnp.exe");
    EXPECT_EQ(printable("\u2066x\u2069"), "\\u{2066}x\\u{2069}");
    EXPECT_EQ(printable("a\u2028b"), "a\\u{2028}b");
}

TEST(PrintableTest, EscapesBytesThatAreNoText) {
    EXPECT_EQ(printable("\xFFz"), "\\xFFz");
    EXPECT_EQ(printable("\xC3"), "\\xC3");
    EXPECT_EQ(printable("\xE0\x80\x80"), "\\xE0\\x80\\x80");
    EXPECT_EQ(printable("\xED\xA0\x80"), "\\xED\\xA0\\x80");
}

TEST(PrintableTest, CutsAtAWholeCharacter) {
    EXPECT_EQ(printable("ééé", 4), "éé…");
    EXPECT_EQ(printable("ééé", 5), "éé…");
    EXPECT_EQ(printable("ééé", 6), "ééé");
}

}  // namespace
}  // namespace conductor::test
