#include "running_runtime.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace conductor::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

struct RecoveryTest : testing::Test {
    running_runtime runtime{{.poll_backoff = {milliseconds{100}, milliseconds{100}, 1.0, 0.0}}};

    // A poll's answer is lost on the wire.
    void lose_an_answer() {
        runtime.add([] {}, {.slots = 2});
        runtime.start();
        ASSERT_TRUE(runtime.api->wait_for(call_kind::poll));
        runtime.api->polls.push(failure{.code = errc::connection_closed, .may_have_arrived = true});
        ASSERT_TRUE(runtime.observer->wait_for(event_kind::poll_failed));
    }

    // The report that gives a lost task back is under way, and gets no answer yet.
    void begin_to_give_back() {
        runtime.add([] {}, {.slots = 2});
        runtime.start();
        ASSERT_TRUE(runtime.api->wait_for(call_kind::poll));
        runtime.api->updates.hold();
        runtime.api->searches.push(std::vector{found("lost")});
        for (int reading = 0; reading < 2; ++reading) runtime.api->gets.push(found("lost"));
        runtime.api->polls.push(failure{.code = errc::connection_closed, .may_have_arrived = true});
        ASSERT_TRUE(runtime.api->wait_for(call_kind::update));
    }

    std::string worker_id() const {
        return runtime.api->calls(call_kind::poll).at(0).poll.worker_id;
    }

    task found(std::string const& id, std::optional<std::string> worker = {}, int poll_count = 1) {
        return make_task("greet", id,
                         {{"workerId", worker.value_or(worker_id())},
                          {"pollCount", poll_count},
                          {"outputData", {{"progress", 3}}}});
    }
};

TEST_F(RecoveryTest, ATaskWhoseClaimWasLostIsGivenBackWithItsOutput) {
    runtime.add([] {}, {.slots = 2});
    runtime.start();
    ASSERT_TRUE(runtime.api->wait_for(call_kind::poll));
    runtime.api->searches.push(std::vector{found("lost"), found("another's", "another")});
    runtime.api->polls.push(failure{.code = errc::connection_closed, .may_have_arrived = true});
    ASSERT_TRUE(runtime.api->wait_for(call_kind::get));
    runtime.api->gets.push(found("lost"));
    ASSERT_TRUE(runtime.api->wait_for(call_kind::get, 2));
    runtime.api->gets.push(found("lost"));
    auto const back = runtime.reports(1).at(0);
    EXPECT_EQ(back.task_id, "lost");
    EXPECT_EQ(back.status, task_status::in_progress);
    EXPECT_EQ(back.output, (boost::json::object{{"progress", 3}}));
    EXPECT_EQ(runtime.observer->count(event_kind::recovered), 1u);
    EXPECT_EQ(runtime.observer->count(event_kind::started), 0u) << "a searched copy is never run";
}

TEST_F(RecoveryTest, AStopWaitsForATaskThatGoesBack) {
    begin_to_give_back();
    runtime.drain();
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::draining));
    runtime.api->updates.push({});
    EXPECT_EQ(runtime.join(), run_report{});
}

// The server's search takes an asterisk in a type's name for any text.
TEST_F(RecoveryTest, ATaskOfAnotherTypeIsLeftAlone) {
    runtime.add([] {}, {.slots = 2});
    runtime.start();
    ASSERT_TRUE(runtime.api->wait_for(call_kind::poll));
    auto const other = make_task("other", "other's", {{"workerId", worker_id()}, {"pollCount", 1}});
    runtime.api->searches.push(std::vector{other, found("lost")});
    for (int reading = 0; reading < 2; ++reading) runtime.api->gets.push(found("lost"));
    runtime.api->polls.push(failure{.code = errc::connection_closed, .may_have_arrived = true});
    EXPECT_EQ(runtime.reports(1).at(0).task_id, "lost");
    for (auto const& call : runtime.api->calls(call_kind::get)) EXPECT_EQ(call.task_id, "lost");
}

TEST_F(RecoveryTest, ATaskThatChangesBetweenTheReadingsIsLeftAlone) {
    runtime.add([] {});
    runtime.start();
    ASSERT_TRUE(runtime.api->wait_for(call_kind::poll));
    runtime.api->searches.push(std::vector{found("lost")});
    runtime.api->polls.push(failure{.code = errc::connection_closed, .may_have_arrived = true});
    ASSERT_TRUE(runtime.api->wait_for(call_kind::get));
    runtime.api->gets.push(found("lost"));
    ASSERT_TRUE(runtime.api->wait_for(call_kind::get, 2));
    runtime.api->gets.push(found("lost", std::nullopt, 2));
    ASSERT_TRUE(runtime.clock->wait_for_sleeper_until(runtime.clock->now() + milliseconds{100}));
    runtime.clock->advance(milliseconds{100});
    ASSERT_TRUE(runtime.api->wait_for(call_kind::poll, 2)) << "polling goes on";
    EXPECT_EQ(runtime.observer->count(event_kind::recovered), 0u);
}

TEST_F(RecoveryTest, ATaskThatCouldNotBeReadIsLookedForAgain) {
    runtime.add([] {}, {.slots = 2});
    runtime.start();
    ASSERT_TRUE(runtime.api->wait_for(call_kind::poll));
    runtime.api->searches.push(std::vector{found("lost")});
    runtime.api->gets.push(failure{.code = errc::timed_out});
    runtime.api->polls.push(failure{.code = errc::connection_closed, .may_have_arrived = true});
    ASSERT_TRUE(runtime.api->wait_for(call_kind::get));
    runtime.api->polls.settle(std::vector<task>{});
    runtime.api->searches.push(std::vector{found("lost")});
    for (int reading = 0; reading < 2; ++reading) runtime.api->gets.push(found("lost"));
    while (runtime.api->calls(call_kind::search).size() < 2) runtime.clock->advance_to_next();
    EXPECT_EQ(runtime.reports(1).at(0).task_id, "lost");
}

TEST_F(RecoveryTest, ATaskThatCannotBeReadKeepsNobodyFromTheOthers) {
    runtime.add([] {}, {.slots = 2});
    runtime.start();
    ASSERT_TRUE(runtime.api->wait_for(call_kind::poll));
    runtime.api->searches.push(std::vector{found("unreadable"), found("lost")});
    runtime.api->gets.push(failure{.code = make_http_error(500)});
    for (int reading = 0; reading < 2; ++reading) runtime.api->gets.push(found("lost"));
    runtime.api->polls.push(failure{.code = errc::connection_closed, .may_have_arrived = true});
    EXPECT_EQ(runtime.reports(1).at(0).task_id, "lost");
}

TEST_F(RecoveryTest, ATaskThatGoesBackSlowlyHoldsUpNoPoll) {
    begin_to_give_back();
    while (runtime.api->calls(call_kind::poll).size() < 2) runtime.clock->advance_to_next();
    EXPECT_EQ(runtime.observer->count(event_kind::recovered), 1u);
}

TEST_F(RecoveryTest, NothingIsLookedForAfterAFailureThatClaimedNothing) {
    runtime.add([] {});
    runtime.start();
    ASSERT_TRUE(runtime.api->wait_for(call_kind::poll));
    runtime.api->polls.push(failure{.code = errc::timed_out});
    ASSERT_TRUE(runtime.clock->wait_for_sleeper_until(runtime.clock->now() + milliseconds{100}));
    runtime.clock->advance(milliseconds{100});
    ASSERT_TRUE(runtime.api->wait_for(call_kind::poll, 2));
    EXPECT_TRUE(runtime.api->calls(call_kind::search).empty());
}

TEST_F(RecoveryTest, ASearchThatDoesNotShowATaskThatIsInFlightIsNotTrusted) {
    runtime.add([] {}, {.slots = 2});
    runtime.start();
    runtime.hand_out({"running"});
    ASSERT_TRUE(runtime.handlers->wait_for_jobs(1));
    ASSERT_TRUE(runtime.api->wait_for(call_kind::poll, 2));
    runtime.api->polls.push(failure{.code = errc::connection_closed, .may_have_arrived = true});
    ASSERT_TRUE(runtime.api->wait_for(call_kind::get));
    runtime.api->gets.push(found("running"));
    EXPECT_TRUE(runtime.observer->wait_for(event_kind::recovery_unavailable));
}

TEST_F(RecoveryTest, AServerWithoutSearchIsToldOnce) {
    runtime.api->searches.push(failure{.code = make_http_error(404)});
    lose_an_answer();
    EXPECT_TRUE(runtime.observer->wait_for(event_kind::recovery_unavailable));
}

}  // namespace
}  // namespace conductor::test
