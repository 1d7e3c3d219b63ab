#include <conductor/config_error.hpp>
#include <conductor/worker_environment.hpp>

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace conductor {
namespace {

using variables = std::map<std::string, std::string>;

worker_environment read(variables const& set, worker_options const& options = {}) {
    return read_worker_environment(options, "greet",
                                   [&set](std::string const& name) -> std::optional<std::string> {
                                       auto const found = set.find(name);
                                       if (found == set.end()) return std::nullopt;
                                       return found->second;
                                   });
}

std::string complaint(variables const& set) {
    try {
        read(set);
    } catch (config_error const& error) {
        return error.what();
    }
    return {};
}

// From the one that wins over all to the one that any other wins over.
std::vector<std::string> const thread_names{
    "conductor.worker.greet.thread_count", "conductor_worker_greet_thread_count",
    "CONDUCTOR_WORKER_GREET_THREAD_COUNT", "CONDUCTOR_WORKER_greet_THREAD_COUNT",
    "conductor.worker.all.thread_count",   "CONDUCTOR_WORKER_ALL_THREAD_COUNT",
    "conductor_worker_thread_count",       "CONDUCTOR_WORKER_THREAD_COUNT"};

std::vector<std::string> const interval_names{"conductor.worker.greet.poll_interval_millis",
                                              "conductor.worker.greet.poll_interval",
                                              "conductor_worker_greet_poll_interval_millis",
                                              "conductor_worker_greet_poll_interval",
                                              "CONDUCTOR_WORKER_GREET_POLL_INTERVAL_MILLIS",
                                              "CONDUCTOR_WORKER_GREET_POLL_INTERVAL",
                                              "CONDUCTOR_WORKER_greet_POLL_INTERVAL_MILLIS",
                                              "CONDUCTOR_WORKER_greet_POLL_INTERVAL",
                                              "CONDUCTOR_WORKER_GREET_POLLING_INTERVAL",
                                              "conductor.worker.all.poll_interval_millis",
                                              "conductor.worker.all.poll_interval",
                                              "CONDUCTOR_WORKER_ALL_POLL_INTERVAL_MILLIS",
                                              "CONDUCTOR_WORKER_ALL_POLL_INTERVAL",
                                              "conductor_worker_poll_interval_millis",
                                              "conductor_worker_poll_interval",
                                              "CONDUCTOR_WORKER_POLL_INTERVAL_MILLIS",
                                              "CONDUCTOR_WORKER_POLL_INTERVAL"};

TEST(WorkerEnvironmentTest, EachNameWinsOverThoseBehindItAndIsNamed) {
    for (auto const& [property, names] :
         {std::pair{"thread_count", thread_names}, std::pair{"poll_interval", interval_names}}) {
        for (std::size_t winner = 0; winner != names.size(); ++winner) {
            variables set;
            for (auto place = winner; place != names.size(); ++place)
                set[names[place]] = std::to_string(100 + place);
            auto const found = read(set);
            auto const value = property == std::string{"thread_count"}
                                   ? static_cast<std::int64_t>(found.options.slots)
                                   : found.options.poll_interval.count();
            EXPECT_EQ(value, static_cast<std::int64_t>(100 + winner)) << names[winner];
            EXPECT_EQ(found.origins.at(property), names[winner]);
            EXPECT_EQ(found.origins.size(), 1u);
        }
    }
}

TEST(WorkerEnvironmentTest, WithoutVariablesTheOptionsStay) {
    worker_options const options{.slots = 7, .domain = "d", .paused = true, .lease = false};
    auto const found = read({{"CONDUCTOR_WORKER_OTHER_THREAD_COUNT", "9"}}, options);
    EXPECT_EQ(found.options, options);
    EXPECT_TRUE(found.origins.empty());
}

TEST(WorkerEnvironmentTest, SetsEveryProperty) {
    auto const found = read({{"CONDUCTOR_WORKER_ALL_DOMAIN", "test"},
                             {"conductor.worker.greet.poll_timeout", "250"},
                             {"CONDUCTOR_WORKER_GREET_PAUSED", "on"},
                             {"CONDUCTOR_WORKER_LEASE_EXTEND_ENABLED", "no"},
                             {"conductor_worker_lease_extend_threshold", "0.25"}});
    EXPECT_EQ(found.options.domain, "test");
    EXPECT_EQ(found.options.poll_timeout, std::chrono::milliseconds{250});
    EXPECT_TRUE(found.options.paused);
    EXPECT_FALSE(found.options.lease);
    EXPECT_EQ(found.options.lease_threshold, 0.25);
    EXPECT_EQ(found.origins.at("paused"), "CONDUCTOR_WORKER_GREET_PAUSED");
    EXPECT_EQ(found.origins.size(), 5u);
}

TEST(WorkerEnvironmentTest, ReadsTruthValuesInAnyCase) {
    for (auto const* const yes : {"true", "1", "yes", "on", "TRUE", "Yes"})
        EXPECT_TRUE(read({{"CONDUCTOR_WORKER_PAUSED", yes}}).options.paused) << yes;
    for (auto const* const no : {"false", "0", "no", "off", "False"}) {
        auto const found = read({{"CONDUCTOR_WORKER_PAUSED", no}}, {.paused = true});
        EXPECT_FALSE(found.options.paused) << no;
    }
}

TEST(WorkerEnvironmentTest, NamesTheVariableThatCannotBeUsed) {
    EXPECT_EQ(complaint({{"CONDUCTOR_WORKER_ALL_THREAD_COUNT", "0"}}),
              "CONDUCTOR_WORKER_ALL_THREAD_COUNT: expected a whole number from 1 on, got \"0\"");
    EXPECT_EQ(complaint({{"conductor.worker.greet.paused", "maybe"}}),
              "conductor.worker.greet.paused: expected true or false, got \"maybe\"");
    for (auto const* const part : {"0", "1", "-1", "nan", "x", "0.5x"}) {
        EXPECT_EQ(complaint({{"CONDUCTOR_WORKER_LEASE_EXTEND_THRESHOLD", part}}),
                  "CONDUCTOR_WORKER_LEASE_EXTEND_THRESHOLD: expected a number between 0 and 1, "
                  "got \"" +
                      std::string{part} + "\"");
    }
}

}  // namespace
}  // namespace conductor
