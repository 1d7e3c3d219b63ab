#include "loopback/sdk/runtime_case.hpp"

#include <atomic>
#include <ostream>
#include <string>

namespace conductor::test {
namespace {

using ConnectionLoopbackTest = runtime_case;
namespace json = boost::json;

TEST_F(ConnectionLoopbackTest, AnnouncedClosesAreNotSeen) {
    fake_conductor server{{.http = {.requests_per_connection = 3}}};
    auto const runtime = make_runtime(server);
    runtime->add("work", [] {}, {.slots = 2});
    background_run run{*runtime};
    auto const ids = enqueue(server, "work", 40);
    ASSERT_TRUE(server.wait_for_statuses(ids, "COMPLETED"));
    EXPECT_TRUE(run.stop().clean());
    EXPECT_EQ(observer_->count(event_kind::poll_failed), 0u);
    EXPECT_EQ(observer_->count(event_kind::update_failed), 0u);
    EXPECT_GE(server.http().connections(), 5u);
}

TEST_F(ConnectionLoopbackTest, UnannouncedClosesLoseNothing) {
    fake_conductor server{{.http = {.requests_per_connection = 3, .announce_close = false}}};
    auto const runtime = make_runtime(server);
    std::atomic<int> runs = 0;
    runtime->add("work", [&] { ++runs; }, {.slots = 2});
    background_run run{*runtime};
    auto const ids = enqueue(server, "work", 40);
    ASSERT_TRUE(server.wait_for_statuses(ids, "COMPLETED"));
    EXPECT_TRUE(run.stop().clean());
    EXPECT_EQ(runs, 40);
}

TEST_F(ConnectionLoopbackTest, ConnectionsAreKept) {
    fake_conductor server;
    auto const runtime = make_runtime(server);
    runtime->add("work", [] {});
    background_run run{*runtime};
    auto const ids = enqueue(server, "work", 30);
    ASSERT_TRUE(server.wait_for_statuses(ids, "COMPLETED"));
    EXPECT_LE(server.http().connections(), 2u);
}

TEST_F(ConnectionLoopbackTest, ServerThatIsDownAtTheStartIsWaitedFor) {
    fake_conductor server{{.http = {.up = false}}};
    auto const runtime = make_runtime(server);
    runtime->add("work", [] {});
    background_run run{*runtime};
    ASSERT_TRUE(observer_->wait_for(event_kind::poll_failed, 3));
    auto const failed = observer_->events(event_kind::poll_failed).front();
    EXPECT_EQ(failed.error.code, condition::network);
    server.http().go_up();
    EXPECT_TRUE(server.wait_for_status(server.enqueue({.type = "work"}), "COMPLETED"));
}

TEST_F(ConnectionLoopbackTest, ResultOutlivesAnOutage) {
    fake_conductor server;
    auto const runtime = make_runtime(server);
    door closed;
    runtime->add("work", [&] { closed.wait(); });
    background_run run{*runtime};
    auto const id = server.enqueue({.type = "work"});
    ASSERT_TRUE(closed.wait_for_arrivals(1));
    server.http().go_down();
    closed.open();
    ASSERT_TRUE(observer_->wait_for(event_kind::update_failed, 3));
    server.http().go_up();
    EXPECT_TRUE(server.wait_for_status(id, "COMPLETED"));
    EXPECT_TRUE(run.stop().clean());
    EXPECT_EQ(observer_->count(event_kind::update_lost), 0u);
}

// Every result then goes by the plain call.
fake_conductor_options const without_update_v2{.update_v2_status = 405};

struct update_fault {
    std::string name;
    http_answer answer;

    friend std::ostream& operator<<(std::ostream& out, update_fault const& fault) {
        return out << fault.name;
    }
};

class UpdateFaultTest : public runtime_case, public ::testing::WithParamInterface<update_fault> {};

TEST_P(UpdateFaultTest, ResultIsSentAgain) {
    fake_conductor server{without_update_v2};
    auto const runtime = make_runtime(server);
    std::atomic<int> runs = 0;
    runtime->add("work", [&] { ++runs; });
    server.http().answer_next(GetParam().answer, "/api/tasks");
    server.http().answer_next(GetParam().answer, "/api/tasks");
    background_run run{*runtime};
    auto const id = server.enqueue({.type = "work"});
    ASSERT_TRUE(server.wait_for_status(id, "COMPLETED"));
    EXPECT_TRUE(run.stop().clean());
    EXPECT_EQ(runs, 1);
    EXPECT_EQ(requests_to(server, "/api/tasks"), 3u);
    EXPECT_EQ(observer_->count(event_kind::updated), 1u);
    // A kept connection that died is replaced unseen, so that not every fault shows.
    EXPECT_GE(observer_->count(event_kind::update_failed), 1u);
}

INSTANTIATE_TEST_SUITE_P(
    Faults, UpdateFaultTest,
    ::testing::Values(
        update_fault{"Status500", {.status = 500, .body = R"({"message": "out of order"})"}},
        update_fault{"Status503", {.status = 503}}, update_fault{"Status429", {.status = 429}},
        update_fault{"ClosedWithoutAnswer", {.delivery = delivery::nothing}},
        update_fault{"Reset", {.delivery = delivery::reset}},
        update_fault{"ClosedInMidAnswer", {.body = "half of it", .delivery = delivery::part}}),
    [](auto const& tested) { return tested.param.name; });

TEST_F(ConnectionLoopbackTest, ResultOfATaskThatIsGoneIsNotSentAgain) {
    fake_conductor server{without_update_v2};
    auto const runtime = make_runtime(server);
    runtime->add("work", [] {});
    server.http().answer_next({.status = 404, .body = R"({"message": "no such task"})"},
                              "/api/tasks");
    server.http().answer_next({.status = 404}, "/api/tasks/search-v2");
    background_run run{*runtime};
    server.enqueue({.type = "work"});
    ASSERT_TRUE(observer_->wait_for(event_kind::update_lost));
    EXPECT_TRUE(run.stop().clean());
    EXPECT_EQ(requests_to(server, "/api/tasks"), 1u);
    auto const lost = observer_->events(event_kind::update_lost).front();
    EXPECT_NE(lost.error.detail.find("no such task"), std::string::npos);
}

TEST_F(ConnectionLoopbackTest, UpdateAndPollWithoutAnswerIsRepeatedAsAPlainUpdate) {
    fake_conductor server;
    auto const ids = enqueue(server, "work", 2);
    server.http().answer_next({.delivery = delivery::nothing}, "/api/tasks/update-v2");
    auto const runtime = make_runtime(server);
    runtime->add("work", [] {});
    background_run run{*runtime};
    ASSERT_TRUE(server.wait_for_statuses(ids, "COMPLETED"));
    EXPECT_EQ(server.updates().front().version, 1);
    EXPECT_EQ(server.updates().front().verdict, update_verdict::ended);
}

TEST_F(ConnectionLoopbackTest, LostAnswerOfUpdateAndPollClaimsNoSecondTask) {
    fake_conductor server;
    auto const ids = enqueue(server, "work", 3);
    server.http().lose_next_answer("/api/tasks/update-v2");
    auto const runtime = make_runtime(server);
    runtime->add("work", [] {});
    background_run run{*runtime};
    ASSERT_TRUE(server.wait_for_statuses(ids, "COMPLETED"));
    EXPECT_TRUE(run.stop().clean());
    auto updates = server.updates();
    std::erase_if(updates,
                  [&](auto const& one) { return one.body.at("taskId").as_string() != ids[0]; });
    ASSERT_EQ(updates.size(), 2u);
    EXPECT_EQ(updates[0].version, 2);
    EXPECT_EQ(updates[1].version, 1);
    EXPECT_EQ(updates[1].verdict, update_verdict::ignored);
    // What the lost answer carried was found and claimed anew, the third task only once.
    EXPECT_EQ(server.task(ids[1]).at("pollCount"), 2);
    EXPECT_EQ(server.task(ids[2]).at("pollCount"), 1);
    EXPECT_EQ(observer_->count(event_kind::recovered), 1u);
}

struct claimed_in_vain {
    std::string name;
    http_answer answer;
};

class ClaimedInVainTest : public runtime_case,
                          public ::testing::WithParamInterface<claimed_in_vain> {};

TEST_P(ClaimedInVainTest, TaskComesBackAtOnce) {
    fake_conductor server;
    server.define_task({{"name", "work"}, {"responseTimeoutSeconds", 3600}});
    auto const id = server.enqueue({.type = "work"});
    server.http().replace_next_answer(GetParam().answer, "/api/tasks/poll/batch/work");
    auto const runtime = make_runtime(server);
    std::atomic<int> runs = 0;
    runtime->add("work", [&] { ++runs; });
    background_run run{*runtime};
    ASSERT_TRUE(server.wait_for_status(id, "COMPLETED"));
    EXPECT_TRUE(run.stop().clean());
    EXPECT_EQ(runs, 1);
    EXPECT_EQ(server.task(id).at("pollCount"), 2);
    EXPECT_EQ(server.task(id).at("retryCount"), 0);
}

INSTANTIATE_TEST_SUITE_P(
    Polls, ClaimedInVainTest,
    ::testing::Values(claimed_in_vain{"Lost", {.delivery = delivery::nothing}},
                      claimed_in_vain{"Cut", {.body = "[    ]", .delivery = delivery::part}},
                      claimed_in_vain{"Unreadable", {.body = R"([{"taskType": "work"}])"}},
                      claimed_in_vain{"Status500", {.status = 500}}),
    [](auto const& tested) { return tested.param.name; });

}  // namespace
}  // namespace conductor::test
