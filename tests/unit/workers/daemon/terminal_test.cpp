#include <daemon/terminal.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

using daemon::wants_colours;

TEST(TerminalTest, ATerminalShowsColours) {
    EXPECT_TRUE(wants_colours(nullptr, "xterm-256color", true));
    EXPECT_TRUE(wants_colours("", "linux", true)) << "an empty NO_COLOR asks for nothing";
}

TEST(TerminalTest, FilesAndPipesGetTextAlone) {
    EXPECT_FALSE(wants_colours(nullptr, "xterm-256color", false));
}

TEST(TerminalTest, APersonMayWantNone) { EXPECT_FALSE(wants_colours("1", "xterm", true)); }

TEST(TerminalTest, NotEveryTerminalHasThem) {
    EXPECT_FALSE(wants_colours(nullptr, "dumb", true));
    EXPECT_FALSE(wants_colours(nullptr, nullptr, true));
}

}  // namespace
}  // namespace conductor::test
