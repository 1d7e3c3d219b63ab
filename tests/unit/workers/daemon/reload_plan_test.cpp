#include <daemon/config/reload_plan.hpp>

#include "config_case.hpp"

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

using daemon::plan_reload;
using daemon::setting_change;

daemon::reload_plan plan(std::string const& before, std::string const& after) {
    config_case const around;
    return plan_reload(around.parse(before), around.parse(after));
}

TEST(ReloadPlanTest, TakesSlotsPausesAndTheLogsLevel) {
    auto const made = plan("workers: { star_filter: { slots: 2 } }\n",
                           "log: { level: debug }\nworkers:\n"
                           "  star_filter: { slots: 5, paused: true }\n");
    EXPECT_EQ(made.live,
              (std::vector<setting_change>{{"workers.star_filter.slots", "2", "5"},
                                           {"workers.star_filter.paused", "false", "true"},
                                           {"log.level", "info", "debug"}}));
    EXPECT_TRUE(made.refused.empty());
}

TEST(ReloadPlanTest, ASettingThatOnlyMovesInTheFileIsNoChange) {
    EXPECT_EQ(plan("workers: { star_filter: { slots: 2 } }\n", "\nworkers: { star_filter: }\n"),
              daemon::reload_plan{});
}

TEST(ReloadPlanTest, RefusesWhatNeedsAnotherStartAndNamesIt) {
    auto const made =
        plan("workers: { star_filter: }\n", "workers: { star_filter: { domain: d, slots: 9 } }\n");
    EXPECT_EQ(made.refused,
              (std::vector<setting_change>{{"workers.star_filter.domain", "(none)", "d"}}));
}

TEST(ReloadPlanTest, RefusesAnotherSetOfWorkers) {
    for (auto const& [before, after] : {std::pair{"", " github_fetch:"}, {" github_fetch:", ""}}) {
        auto const made = plan("workers:\n  star_filter:\n " + std::string{before} + "\n",
                               "workers:\n  star_filter:\n " + std::string{after} + "\n");
        EXPECT_TRUE(made.live.empty());
        EXPECT_FALSE(made.refused.empty());
    }
}

TEST(ReloadPlanTest, SeesTheHiddenPartOfAWebhooksAddressAndHidesIt) {
    auto const file = [](std::string const& path) {
        return "secrets: { key: env:ORBIT_API_KEY }\nworkers:\n  orbit_upload:\n    sinks:\n"
               "      hook: { type: webhook, secret: key, base: \"https://h/" +
               path + "\" }\n";
    };
    EXPECT_EQ(plan(file("T0K3N"), file("N3W")).refused,
              (std::vector<setting_change>{
                  {"workers.orbit_upload.sinks.hook.base", "https://h/…", "https://h/…"}}));
}

}  // namespace
}  // namespace conductor::test
