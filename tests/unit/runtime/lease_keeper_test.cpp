#include "running_runtime.hpp"

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

boost::json::object const with_timeout{{"responseTimeoutSeconds", 100}};

task read_task(std::string_view status, std::string const& worker_id, int poll_count = 1) {
    return make_task("greet", "t",
                     {{"status", status}, {"workerId", worker_id}, {"pollCount", poll_count}});
}

// A task runs, with a response timeout of 100 s.
struct LeaseKeeperTest : testing::Test {
    running_runtime runtime{{.update_backoff = {milliseconds{50}, milliseconds{50}, 1.0, 0.0}}};

    void run_task(worker_options const& options = {}) {
        runtime.add(
            [](task_context& context) {
                return boost::json::object{{"asked_to_end", context.stop_token().stop_requested()}};
            },
            options);
        runtime.start();
        runtime.hand_out({"t"}, with_timeout);
        ASSERT_TRUE(runtime.handlers->wait_for_jobs(1));
    }

    std::string worker_id() const {
        return runtime.api->calls(call_kind::poll).at(0).poll.worker_id;
    }

    void pass(seconds time) {
        ASSERT_TRUE(runtime.clock->wait_for_sleeper_until(runtime.clock->now() + time));
        runtime.clock->advance(time);
    }
};

TEST_F(LeaseKeeperTest, ExtendsTheLeaseOfATaskThatRuns) {
    run_task();
    for (int beat = 1; beat <= 3; ++beat) {
        pass(seconds{80});
        runtime.api->gets.push(read_task("IN_PROGRESS", worker_id()));
        ASSERT_TRUE(runtime.observer->wait_for(event_kind::lease_extended, beat));
    }
    EXPECT_EQ(runtime.api->calls(call_kind::extend_lease).size(), 3u);
    runtime.handlers->run_next();
    EXPECT_EQ(runtime.reports(1).at(0).status, task_status::completed);
}

TEST_F(LeaseKeeperTest, CountsFromTheSendingOfAPollThatTheServerMayHaveHeld) {
    runtime.add([](task_context&) { return boost::json::object{}; }, {.poll_timeout = seconds{5}});
    runtime.start();
    ASSERT_TRUE(runtime.api->wait_for(call_kind::poll));
    runtime.clock->advance(seconds{3});
    runtime.hand_out({"t"}, with_timeout);
    ASSERT_TRUE(runtime.handlers->wait_for_jobs(1));
    pass(seconds{77});
    EXPECT_TRUE(runtime.api->wait_for(call_kind::get)) << "nobody knows when the claim was made";
}

TEST(LeaseOfAnEarlierClaimTest, EndsWithoutAWordWhenTheTaskHasBeenHandedOutAgain) {
    running_runtime runtime{{.update_backoff = {seconds{1000}, seconds{1000}, 1.0, 0.0}}};
    runtime.add([] { return task_result::call_back_after(seconds{1}); }, {.slots = 2});
    runtime.api->updates.push(failure{.code = errc::connection_closed, .may_have_arrived = true});
    runtime.start();
    runtime.hand_out({"t"}, with_timeout);
    ASSERT_TRUE(runtime.handlers->wait_for_jobs(1));
    runtime.handlers->run_next();
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::update_failed));
    ASSERT_TRUE(runtime.clock->wait_for_sleeper_until(runtime.clock->now() + seconds{80}));
    runtime.clock->advance(seconds{80});
    ASSERT_TRUE(runtime.api->wait_for(call_kind::get));
    runtime.hand_out({"t"}, {{"pollCount", 2}});
    ASSERT_TRUE(runtime.handlers->wait_for_jobs(1));
    auto const us = runtime.api->calls(call_kind::poll).at(0).poll.worker_id;
    runtime.api->gets.push(read_task("IN_PROGRESS", us, 2));
    runtime.status();
    runtime.status();
    EXPECT_EQ(runtime.observer->count(event_kind::cancelled), 0u);
}

TEST_F(LeaseKeeperTest, WithoutALeaseTheTaskIsNotTouched) {
    run_task({.lease = false});
    // Twice round the loop: the dispatcher has looked at its polls anew.
    runtime.status();
    runtime.status();
    EXPECT_FALSE(runtime.clock->next());
}

TEST_F(LeaseKeeperTest, ATaskThatEndedStopsItsHandlerAndIsNotReported) {
    run_task();
    pass(seconds{80});
    runtime.api->gets.push(read_task("CANCELED", worker_id()));
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::cancelled));
    runtime.handlers->run_next();
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::update_lost));
    EXPECT_TRUE(runtime.api->calls(call_kind::update).empty());
    EXPECT_TRUE(runtime.api->calls(call_kind::update_and_poll).empty());
    EXPECT_TRUE(runtime.api->calls(call_kind::extend_lease).empty());
}

TEST_F(LeaseKeeperTest, ATaskOfAnotherWorkerIsLeftToIt) {
    run_task();
    pass(seconds{80});
    runtime.api->gets.push(read_task("IN_PROGRESS", "somebody else", 2));
    EXPECT_TRUE(runtime.observer->wait_for(event_kind::cancelled));
    EXPECT_TRUE(runtime.api->calls(call_kind::extend_lease).empty());
}

TEST_F(LeaseKeeperTest, AFailedBeatIsRepeatedBeforeTheLeaseEnds) {
    run_task();
    pass(seconds{80});
    runtime.api->gets.push(failure{.code = errc::timed_out});
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::lease_failed));
    pass(seconds{2});
    runtime.api->gets.push(read_task("IN_PROGRESS", worker_id()));
    EXPECT_TRUE(runtime.observer->wait_for(event_kind::lease_extended));
}

TEST_F(LeaseKeeperTest, TheResultWaitsForTheBeatThatIsUnderWay) {
    run_task();
    runtime.api->leases.hold();
    pass(seconds{80});
    runtime.api->gets.push(read_task("IN_PROGRESS", worker_id()));
    ASSERT_TRUE(runtime.api->wait_for(call_kind::extend_lease));
    runtime.handlers->run_next();
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::finished));
    EXPECT_TRUE(runtime.api->calls(call_kind::update_and_poll).empty());
    runtime.api->leases.push(boost::system::in_place_value);
    EXPECT_EQ(runtime.reports(1).size(), 1u);
}

TEST_F(LeaseKeeperTest, TheLeaseIsKeptWhileTheResultCannotBeDelivered) {
    run_task();
    runtime.api->updates_and_polls.push(failure{.code = make_http_error(500)});
    runtime.api->updates.hold();
    runtime.handlers->run_next();
    ASSERT_TRUE(runtime.clock->wait_for_sleeper_until(runtime.clock->now() + milliseconds{50}));
    runtime.clock->advance(seconds{81});
    // The next attempt is under way, so the beat waits until it has failed.
    ASSERT_TRUE(runtime.api->wait_for(call_kind::update));
    EXPECT_TRUE(runtime.api->calls(call_kind::get).empty());
    runtime.api->updates.push(failure{.code = make_http_error(500)});
    ASSERT_TRUE(runtime.api->wait_for(call_kind::get));
    runtime.api->gets.push(read_task("IN_PROGRESS", worker_id()));
    EXPECT_TRUE(runtime.observer->wait_for(event_kind::lease_extended));
}

TEST_F(LeaseKeeperTest, ACancelledTaskIsSeenAsSoonAsAskedFor) {
    run_task({.cancel_check = seconds{3}});
    pass(seconds{3});
    runtime.api->gets.push(read_task("IN_PROGRESS", worker_id()));
    pass(seconds{3});
    runtime.api->gets.push(read_task("CANCELED", worker_id()));
    EXPECT_TRUE(runtime.observer->wait_for(event_kind::cancelled));
    EXPECT_TRUE(runtime.api->calls(call_kind::extend_lease).empty());
}

TEST_F(LeaseKeeperTest, ADuplicateOfATaskThatRunsIsDropped) {
    run_task({.slots = 2});
    runtime.hand_out({"t"}, {{"pollCount", 2}, {"responseTimeoutSeconds", 100}});
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::duplicate_dropped));
    EXPECT_EQ(runtime.observer->count(event_kind::started), 1u);
    pass(seconds{80});
    runtime.api->gets.push(read_task("IN_PROGRESS", worker_id(), 2));
    EXPECT_TRUE(runtime.observer->wait_for(event_kind::lease_extended))
        << "it is ours all the same";
}

}  // namespace
}  // namespace conductor::test
