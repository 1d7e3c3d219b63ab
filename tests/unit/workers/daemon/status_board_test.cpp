#include "support/manual_clock.hpp"

#include <daemon/control/status_board.hpp>

#include <conductor/json.hpp>

#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

#include <set>

namespace conductor::test {
namespace {

using daemon::status_board;
using std::chrono::milliseconds;
using std::chrono::seconds;

task task_of(std::string const& id, std::string const& type = "a") {
    return task{{{"taskId", id},
                 {"taskType", type},
                 {"referenceTaskName", "ref"},
                 {"workflowInstanceId", "w"},
                 {"inputData", {{"key", "INPUT"}}}}};
}

class StatusBoardTest : public testing::Test {
protected:
    void end(task_result const& outcome, std::string const& id = "t") {
        task const ended = task_of(id);
        board.on(events::finished{ended, outcome, milliseconds{5}});
    }

    daemon::status_facts facts() const { return board.facts(now); }
    daemon::task_type_facts facts_of_a() const { return facts().types.at(0); }

    std::shared_ptr<manual_clock> clock = std::make_shared<manual_clock>();
    status_board board{{"1.2.3", "http://c/api", outbox_mode::on_failure, {"a", "b"}}, clock};
    status_board::moment now{
        .runtime =
            {.worker_id = "host-1",
             .workers = {{.type = "a", .slots = 4, .in_flight = 1},
                         {.type = "b", .domain = "d", .slots = 2, .held = poll_hold::paused}}},
        .ready = {.good = true},
        .token = token_state::good};
    failure const late{error_code{errc::timed_out}, "GET http://c/api\x1b[2J"};
};

TEST_F(StatusBoardTest, TellsWhatTheDaemonIsAndHowItIs) {
    clock->advance(seconds{75});
    auto const told = facts();
    EXPECT_EQ(told.version, "1.2.3");
    EXPECT_EQ(told.worker_id, "host-1");
    EXPECT_EQ(told.uptime_s, 75);
    EXPECT_EQ(told.state, "ready");
    EXPECT_EQ(told.server.address, "http://c/api");
    EXPECT_EQ(told.server.token, "good");
    EXPECT_FALSE(told.server.circuit_open);
    EXPECT_TRUE(told.failed_tasks.empty());
}

TEST_F(StatusBoardTest, TellsWhyItIsNotReadyAndThatItStops) {
    now.ready = {false, {"the last poll of a failed\x07"}};
    EXPECT_EQ(facts().state, "not ready");
    EXPECT_EQ(facts().reasons, std::vector<std::string>{"the last poll of a failed\\x07"});
    now.draining = true;
    EXPECT_EQ(facts().state, "stopping");
}

TEST_F(StatusBoardTest, ShowsWhatTheRuntimeKnowsOfEachType) {
    auto& a = now.runtime.workers[0];
    a.poll_success_age = std::chrono::microseconds{1'234'567};
    a.lease_age = seconds{9};
    auto const told = facts();
    EXPECT_EQ(told.types[0].state, "polling");
    EXPECT_FALSE(told.types[0].paused);
    EXPECT_EQ(told.types[0].slots, 4U);
    EXPECT_EQ(told.types[0].slots_used, 1U);
    EXPECT_EQ(told.types[0].last_poll_ms_ago, 1234);
    EXPECT_EQ(told.types[0].oldest_lease_ms, 9000);
    EXPECT_EQ(told.types[1].state, "paused");
    EXPECT_TRUE(told.types[1].paused);
    EXPECT_EQ(told.types[1].domain, "d");
    EXPECT_EQ(told.types[1].last_poll_ms_ago, std::nullopt);
    EXPECT_EQ(told.types[1].oldest_lease_ms, std::nullopt);
}

TEST_F(StatusBoardTest, HasAWordForEachReasonNotToPoll) {
    std::set<std::string> words;
    for (int hold = 0; hold <= static_cast<int>(poll_hold::recovering); ++hold) {
        now.runtime.workers[0].held = static_cast<poll_hold>(hold);
        words.insert(facts_of_a().state);
    }
    EXPECT_EQ(words.size(), 8U);
    EXPECT_FALSE(words.contains("held") || words.contains("polling"));
}

TEST_F(StatusBoardTest, CountsHowTasksEnded) {
    end(task_result::completed());
    end(task_result::completed());
    end(task_result::call_back_after(seconds{5}));
    end(task_result::failed("no"));
    auto const told = facts_of_a();
    EXPECT_EQ(told.completed, 2U);
    EXPECT_EQ(told.called_back, 1U);
    EXPECT_EQ(told.failed, 1U);
    EXPECT_EQ(told.tasks_last_minute, 4U);
    EXPECT_EQ(facts().types[1].completed, 0U);
    clock->advance(seconds{61});
    EXPECT_EQ(facts_of_a().tasks_last_minute, 0U);
}

TEST_F(StatusBoardTest, APollsErrorStandsUntilOneSucceeds) {
    board.on(events::poll_failed{.type = "a", .error = late});
    board.on(events::poll_failed{.type = "a", .error = late});
    EXPECT_EQ(facts_of_a().poll_failures, 2U);
    ASSERT_TRUE(facts_of_a().poll_error);
    EXPECT_NE(facts_of_a().poll_error->find("\\x1B[2J"), std::string::npos);
    board.on(events::polled{.type = "a"});
    EXPECT_EQ(facts_of_a().poll_error, std::nullopt);
    EXPECT_EQ(facts_of_a().poll_failures, 2U);
}

TEST_F(StatusBoardTest, CountsLeasesAndLostResults) {
    task const held = task_of("t");
    board.on(events::lease_extended{held});
    board.on(events::lease_extended{held});
    board.on(events::lease_failed{held, late});
    task_update update;
    update.task_type = "a";
    board.on(events::update_lost{update, late});
    auto const told = facts_of_a();
    EXPECT_EQ(told.leases_extended, 2U);
    EXPECT_EQ(told.lease_failures, 1U);
    EXPECT_EQ(told.results_lost, 1U);
}

TEST_F(StatusBoardTest, TellsHowFullTheOutboxIs) {
    now.runtime.outbox = {.rows = 3, .bytes = 99, .oldest = clock->wall(), .full = true};
    clock->advance(seconds{30});
    board.on(events::stored{task_update{}});
    auto const told = facts().outbox;
    EXPECT_EQ(told.mode, "on_failure");
    EXPECT_EQ(told.rows, 3U);
    EXPECT_EQ(told.bytes, 99U);
    EXPECT_EQ(told.oldest_s, 30);
    EXPECT_TRUE(told.full);
    EXPECT_EQ(told.stored, 1U);
}

TEST_F(StatusBoardTest, KeepsTheLastFailedTasksTheNewestFirst) {
    for (int i = 0; i < 60; ++i) end(task_result::failed("reason"), std::to_string(i));
    end(task_result::failed_for_good("a\nb"), "last");
    auto const told = facts().failed_tasks;
    ASSERT_EQ(told.size(), status_board::failed_tasks_max);
    EXPECT_EQ(told[0].task, "last");
    EXPECT_EQ(told[0].status, "FAILED_WITH_TERMINAL_ERROR");
    EXPECT_EQ(told[0].reason, "a\\nb");
    EXPECT_EQ(told[0].type, "a");
    EXPECT_EQ(told[0].workflow, "w");
    EXPECT_EQ(told[0].reference, "ref");
    EXPECT_EQ(told[1].task, "59");
    EXPECT_EQ(told[1].status, "FAILED");
    EXPECT_EQ(told.back().task, "11");
}

TEST_F(StatusBoardTest, KnowsNeitherInputNorOutputAndCutsALongReason) {
    end(task_result::failed(std::string(10'000, 'x'), {{"key", "OUTPUT"}}));
    auto const text = boost::json::serialize(to_json(facts()));
    EXPECT_EQ(text.find("INPUT"), std::string::npos);
    EXPECT_EQ(text.find("OUTPUT"), std::string::npos);
    EXPECT_LT(text.size(), 3000U);
}

TEST_F(StatusBoardTest, KeepsNothingOfTypesThatAreNotServed) {
    task const strange = task_of("t", "strange");
    board.on(events::finished{strange, task_result::failed("no"), milliseconds{1}});
    board.on(events::poll_failed{.type = "strange", .error = late});
    board.on(events::lease_failed{strange, late});
    EXPECT_EQ(facts().types.size(), 2U);
    EXPECT_TRUE(facts().failed_tasks.empty());
}

TEST_F(StatusBoardTest, ItsJsonReadsBack) {
    end(task_result::failed("no"));
    auto const back = from_json<daemon::status_facts>(to_json(facts()));
    ASSERT_TRUE(back) << back.error().message();
    EXPECT_EQ(to_json(*back), to_json(facts()));
}

}  // namespace
}  // namespace conductor::test
