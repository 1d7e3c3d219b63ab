#include "some_status.hpp"

#include <daemon/control/status_text.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace conductor::test {
namespace {

using daemon::status_text;

TEST(StatusTextTest, ShowsTheDaemonItsTypesAndWhatFailed) {
    EXPECT_EQ(status_text(some_status(), false),
              R"(conductor-workerd 1.2.3: ready, up for 1 min 15 s
server  http://c/api, token good
worker  host-1
outbox  on_failure, 3 waiting (2.0 KiB), the oldest for 30 s

TYPE          STATE    SLOTS  PER MIN  LAST POLL  DONE  LATER  FAILED  BAD POLLS  LOST  LEASES
star_filter   polling  1/4    12       3 s ago    1234  0      5       2          0     7
orbit_upload  paused   0/2    0        never      0     0      0       0          0     0

FAILED AT             TYPE         REFERENCE   TASK  WORKFLOW  REASON
2026-11-30T11:59:00Z  star_filter  filter_ref  t-1   w-1       BAD_INPUT /stars: missing
)");
}

TEST(StatusTextTest, TellsWhatIsWrong) {
    auto facts = some_status();
    facts.state = "not ready";
    facts.reasons = {"the outbox is full; no task is claimed"};
    facts.server.circuit_open = true;
    facts.outbox.full = true;
    facts.types[0].poll_error = "timed out";
    facts.types[0].lease_failures = 2;
    auto const text = status_text(facts, false);
    for (auto const* const part :
         {"1.2.3: not ready,", "\n  the outbox is full; no task is claimed\n",
          "calls fail: all polls wait", "  7 (2 failed)\n", "full: nothing is claimed",
          "\nlast poll of star_filter: timed out\n"})
        EXPECT_NE(text.find(part), std::string::npos) << part << text;
}

TEST(StatusTextTest, SaysThatThereIsNothing) {
    auto facts = some_status();
    facts.outbox = {.mode = "off"};
    facts.failed_tasks.clear();
    auto const text = status_text(facts, false);
    EXPECT_NE(text.find("outbox  off\n"), std::string::npos) << text;
    EXPECT_TRUE(text.ends_with("\nno task has failed\n")) << text;
}

TEST(StatusTextTest, ColoursOnlyWhereTheyAreWanted) {
    EXPECT_EQ(status_text(some_status(), false).find('\x1b'), std::string::npos);
    EXPECT_NE(status_text(some_status(), true).find("\x1b[1;32mready\x1b[0m"), std::string::npos);
    auto facts = some_status();
    facts.state = "stopping";
    EXPECT_NE(status_text(facts, true).find("\x1b[1;33mstopping\x1b[0m"), std::string::npos);
}

TEST(StatusTextTest, NoTextReachesTheTerminalsControls) {
    for (std::string const hostile : hostile_texts) {
        auto const text = status_text(status_full_of(hostile), false);
        EXPECT_TRUE(std::ranges::none_of(text, [](unsigned char letter) {
            return (letter < ' ' && letter != '\n') || letter == 0x7f;
        })) << text;
        EXPECT_EQ(text.find("\u202E"), std::string::npos);
        // Two types and their heads, one failed task and its heads, one failed poll, a reason.
        EXPECT_EQ(std::ranges::count(text, '\n'), 13) << text;
    }
}

}  // namespace
}  // namespace conductor::test
