#include "config_case.hpp"

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

TEST(WorkersPartTest, AWorkerWithoutSettingsHasItsDefaults) {
    auto const parsed = config_case{}.parse("workers:\n  github_fetch:\n");
    ASSERT_TRUE(parsed.faults.empty());
    ASSERT_TRUE(parsed.values.github_fetch);
    EXPECT_EQ(parsed.values.github_fetch->options.slots, 4U);
    EXPECT_EQ(parsed.values.github_fetch->api_base, "https://api.github.com");
}

TEST(WorkersPartTest, RequestsHaveATimeLimitOfTheirOwn) {
    auto const parsed = config_case{}.parse(
        "workers:\n"
        "  github_fetch: { request_timeout_seconds: 5 }\n"
        "  orbit_upload:\n"
        "    sinks: { it: { type: orbit, base: \"http://h/v1\", request_timeout_seconds: 7 } }\n");
    ASSERT_TRUE(parsed.faults.empty());
    EXPECT_EQ(parsed.values.github_fetch->request_timeout, std::chrono::seconds{5});
    EXPECT_EQ(parsed.values.orbit_upload->sinks.at("it").request_timeout, std::chrono::seconds{7});
}

TEST(WorkersPartTest, AWorkerThatIsLeftOutIsNotServed) {
    auto const parsed = config_case{}.parse("workers:\n  star_filter:\n");
    EXPECT_FALSE(parsed.values.github_fetch);
    EXPECT_FALSE(parsed.values.orbit_upload);
    EXPECT_EQ(effective(parsed, "workers.github_fetch.slots"), "");
}

TEST(WorkersPartTest, TheEnvironmentWinsAndIsNamed) {
    config_case around;
    around.variables = {{"CONDUCTOR_WORKER_STAR_FILTER_THREAD_COUNT", "9"},
                        {"CONDUCTOR_WORKER_ALL_DOMAIN", "d"},
                        {"CONDUCTOR_WORKER_POLL_INTERVAL", "7"},
                        {"conductor.worker.star_filter.paused", "yes"},
                        {"conductor_worker_lease_extend_threshold", "0.5"}};
    auto const parsed = around.parse("workers:\n  star_filter: { slots: 3 }\n");
    EXPECT_EQ(parsed.values.star_filter->options.slots, 9U);
    EXPECT_EQ(effective(parsed, "workers.star_filter.slots"),
              "9 (environment CONDUCTOR_WORKER_STAR_FILTER_THREAD_COUNT)");
    EXPECT_EQ(effective(parsed, "workers.star_filter.domain"),
              "d (environment CONDUCTOR_WORKER_ALL_DOMAIN)");
    EXPECT_EQ(effective(parsed, "workers.star_filter.poll_interval_ms"),
              "7 ms (environment CONDUCTOR_WORKER_POLL_INTERVAL)");
    EXPECT_EQ(effective(parsed, "workers.star_filter.paused"),
              "true (environment conductor.worker.star_filter.paused)");
    EXPECT_EQ(effective(parsed, "workers.star_filter.lease_threshold"),
              "0.5 (environment conductor_worker_lease_extend_threshold)");
    EXPECT_EQ(effective(parsed, "workers.star_filter.lease"), "true (default)");
    EXPECT_EQ(effective(parsed, "workers.star_filter.poll_timeout_ms"), "1000 ms (default)");
}

TEST(WorkersPartTest, AVariableThatCannotBeUsedIsAFaultAmongTheOthers) {
    config_case around;
    around.variables = {{"CONDUCTOR_WORKER_THREAD_COUNT", "many"}};
    EXPECT_EQ(
        around.faults("workers:\n  star_filter: { slots: x }\n"),
        (std::vector<std::string>{
            "w.yaml:2:25: workers.star_filter.slots: \"x\" is not a whole number; write 1 to "
            "1000",
            "environment: CONDUCTOR_WORKER_THREAD_COUNT: expected a whole number from 1 on, got "
            "\"many\""}));
}

struct bad_worker {
    std::string name;
    std::string text;
    std::string fault;
};

void PrintTo(bad_worker const& one, std::ostream* out) { *out << one.name; }

class WorkersPartFaultTest : public testing::TestWithParam<bad_worker> {};

TEST_P(WorkersPartFaultTest, IsReportedWithItsPlace) {
    auto const faults =
        config_case{}.faults("secrets: { orbit: env:ORBIT_API_KEY }\nworkers:\n" + GetParam().text);
    ASSERT_EQ(faults.size(), 1U) << testing::PrintToString(faults);
    EXPECT_TRUE(faults.front().starts_with(GetParam().fault)) << faults.front();
}

INSTANTIATE_TEST_SUITE_P(
    All, WorkersPartFaultTest,
    testing::Values(
        bad_worker{"UnknownSecret", "  github_fetch: { secrets: [github] }\n",
                   "w.yaml:3:29: workers.github_fetch.secrets: \"github\" is not among the secrets "
                   "of this file (orbit)"},
        bad_worker{"DefaultSecretNotListed", "  github_fetch: { default_secret: orbit }\n",
                   "w.yaml:3:35: workers.github_fetch.default_secret: must be one of the secrets"},
        bad_worker{"BadApiBase", "  github_fetch: { api_base: api.github.com }\n",
                   "w.yaml:3:29: workers.github_fetch.api_base: is no base address"},
        bad_worker{"HostWithScheme", "  github_fetch: { allowed_hosts: [\"https://h\"] }\n",
                   "w.yaml:3:35: workers.github_fetch.allowed_hosts: an entry is HOST"},
        bad_worker{"HostsNoList", "  github_fetch: { allowed_hosts: h }\n",
                   "w.yaml:3:34: workers.github_fetch.allowed_hosts: expected a list"},
        bad_worker{"RequestsWithoutTime", "  github_fetch: { request_timeout_seconds: 0 }\n",
                   "w.yaml:3:44: workers.github_fetch.request_timeout_seconds: 0 is out of range"},
        bad_worker{"SlotsNoNumber", "  star_filter: { slots: many }\n",
                   "w.yaml:3:25: workers.star_filter.slots: \"many\" is not a whole number"},
        bad_worker{"PollTimeoutBeyondTheServers", "  star_filter: { poll_timeout_ms: 5001 }\n",
                   "w.yaml:3:35: workers.star_filter.poll_timeout_ms: 5001 is out of range"},
        bad_worker{"WorkerWithoutMapping", "  star_filter: 4\n",
                   "w.yaml:3:16: workers.star_filter: expected a mapping"}),
    [](auto const& one) { return one.param.name; });

}  // namespace
}  // namespace conductor::test
