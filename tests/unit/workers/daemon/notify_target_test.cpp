#include <daemon/notify/notify_target.hpp>

#include <conductor/config_error.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

#include <unistd.h>

namespace conductor::test {
namespace {

using std::chrono::seconds;
using variables = std::map<std::string, std::string>;

std::optional<daemon::notify_target> read(variables const& set) {
    auto const variable = [&](std::string const& name) {
        auto const found = set.find(name);
        return found == set.end() ? std::nullopt : std::optional{found->second};
    };
    return daemon::read_notify_target(variable, 7);
}

TEST(NotifyTargetTest, NobodyAsksWithoutASocket) {
    EXPECT_FALSE(read({}));
    EXPECT_FALSE(read({{"WATCHDOG_USEC", "30000000"}}));
}

TEST(NotifyTargetTest, ASocketAloneHasNoWatchdog) {
    EXPECT_EQ(read({{"NOTIFY_SOCKET", "/run/n"}}), (daemon::notify_target{"/run/n", {}}));
}

TEST(NotifyTargetTest, AWatchdogIsOursUnlessItNamesAnotherProcess) {
    variables set{{"NOTIFY_SOCKET", "@n"}, {"WATCHDOG_USEC", "30000000"}};
    EXPECT_EQ(read(set)->watchdog, seconds{30});
    set["WATCHDOG_PID"] = "7";
    EXPECT_EQ(read(set)->watchdog, seconds{30});
    set["WATCHDOG_PID"] = "8";
    EXPECT_FALSE(read(set)->watchdog);
}

TEST(NotifyTargetTest, WhatIsNoPositiveNumberIsRefusedByName) {
    for (std::string const name : {"WATCHDOG_USEC", "WATCHDOG_PID"}) {
        for (std::string const value : {"x", "0", "-1", "1s", "99999999999999999999"}) {
            variables set{{"NOTIFY_SOCKET", "@n"}, {"WATCHDOG_USEC", "1"}};
            set[name] = value;
            try {
                read(set);
                FAIL() << name << '=' << value;
            } catch (config_error const& error) {
                EXPECT_NE(std::string{error.what()}.find(name), std::string::npos);
            }
        }
    }
}

TEST(NotifyTargetTest, TakingLeavesNothingForWhatTheProcessStarts) {
    ::setenv("NOTIFY_SOCKET", "/run/n", 1);
    ::setenv("WATCHDOG_USEC", "5000000", 1);
    ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
    EXPECT_EQ(daemon::take_notify_target(), (daemon::notify_target{"/run/n", seconds{5}}));
    for (char const* const name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"})
        EXPECT_EQ(std::getenv(name), nullptr) << name;
    EXPECT_FALSE(daemon::take_notify_target());
}

}  // namespace
}  // namespace conductor::test
