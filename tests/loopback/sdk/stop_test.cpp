#include "loopback/sdk/runtime_case.hpp"

#include <memory>
#include <stdexcept>

namespace conductor::test {
namespace {

using StopLoopbackTest = runtime_case;
namespace json = boost::json;

TEST_F(StopLoopbackTest, DrainLetsHandlersFinishAndReportsThem) {
    fake_conductor server;
    auto const runtime = make_runtime(server);
    door closed;
    runtime->add("work", [&] {
        closed.wait();
        return json::object{{"done", true}};
    });
    background_run run{*runtime};
    auto const id = server.enqueue({.type = "work"});
    ASSERT_TRUE(closed.wait_for_arrivals(1));
    runtime->drain();
    ASSERT_TRUE(observer_->wait_for(event_kind::draining));
    EXPECT_EQ(observer_->events(event_kind::draining).front().count, 1u);
    closed.open();
    EXPECT_TRUE(run.join().clean());
    EXPECT_EQ(server.task(id).at("status"), "COMPLETED");
    EXPECT_EQ(server.updates().front().version, 1);
}

TEST_F(StopLoopbackTest, DrainLetsThePollEndAndGivesBackWhatItBrings) {
    fake_conductor server{{.honour_delays = false}};
    auto const runtime = make_runtime(server);
    runtime->add("work", [] {}, {.poll_timeout = std::chrono::seconds{5}});
    background_run run{*runtime};
    ASSERT_TRUE(server.http().wait_for_requests(1));
    runtime->drain();
    ASSERT_TRUE(observer_->wait_for(event_kind::draining));
    auto const id = server.enqueue({.type = "work"});
    EXPECT_TRUE(run.join().clean());
    EXPECT_EQ(server.task(id).at("status"), "SCHEDULED");
    EXPECT_EQ(server.task(id).at("pollCount"), 1);
    EXPECT_EQ(server.task(id).at("callbackAfterSeconds"), 0);
    EXPECT_EQ(observer_->count(event_kind::started), 0u);
    ASSERT_EQ(observer_->count(event_kind::given_back), 1u);
    EXPECT_EQ(observer_->events(event_kind::given_back).front().subject, id);
}

TEST_F(StopLoopbackTest, GivenBackTaskKeepsItsProgress) {
    fake_conductor server{{.honour_delays = false}};
    auto const runtime = make_runtime(server);
    door closed;
    runtime->add("work", [&](task_context& context) {
        if (context.previous_output().empty())
            return task_result::call_back_after(std::chrono::seconds{0}, {{"next_index", 3}});
        if (!closed.wait(context.stop_token())) throw std::runtime_error{"cut off"};
        return task_result::completed();
    });
    background_run run{*runtime};
    auto const id = server.enqueue({.type = "work"});
    ASSERT_TRUE(closed.wait_for_arrivals(1));
    runtime->abort();
    EXPECT_TRUE(run.join().clean());
    EXPECT_EQ(server.task(id).at("status"), "SCHEDULED");
    EXPECT_EQ(server.task(id).at("outputData"), (json::object{{"next_index", 3}}));
}

TEST_F(StopLoopbackTest, TasksThatFinishInSpiteOfTheAbortAreReported) {
    fake_conductor server;
    auto const runtime = make_runtime(server);
    door closed;
    runtime->add("work", [&](task_context& context) {
        closed.wait(context.stop_token());
        return json::object{{"parts", 1}};
    });
    background_run run{*runtime};
    auto const id = server.enqueue({.type = "work"});
    ASSERT_TRUE(closed.wait_for_arrivals(1));
    runtime->abort();
    EXPECT_TRUE(run.join().clean());
    EXPECT_EQ(server.task(id).at("status"), "COMPLETED");
}

TEST_F(StopLoopbackTest, EndOfTheGraceFiresTheStopTokens) {
    fake_conductor server;
    grace_ = std::chrono::milliseconds{1};
    auto const runtime = make_runtime(server);
    door closed;
    runtime->add("work", [&](task_context& context) {
        closed.wait(context.stop_token());
        throw std::runtime_error{"cut off"};
    });
    background_run run{*runtime};
    auto const id = server.enqueue({.type = "work"});
    ASSERT_TRUE(closed.wait_for_arrivals(1));
    runtime->drain();
    EXPECT_TRUE(run.join().clean());
    EXPECT_EQ(server.task(id).at("status"), "SCHEDULED");
}

TEST_F(StopLoopbackTest, HandlerThatNeverReturnsIsAbandoned) {
    fake_conductor server;
    grace_ = abort_grace_ = std::chrono::milliseconds{1};
    auto const stuck = std::make_shared<door>();  // shared: the handler outlives the runtime
    {
        auto const runtime = make_runtime(server);
        runtime->add("work", [stuck] { stuck->wait(); });
        background_run run{*runtime};
        auto const id = server.enqueue({.type = "work"});
        ASSERT_TRUE(stuck->wait_for_arrivals(1));
        runtime->drain();
        EXPECT_EQ(run.join(), (run_report{.abandoned_handlers = 1}));
        EXPECT_EQ(server.task(id).at("status"), "IN_PROGRESS");
    }
    stuck->open();
}

TEST_F(StopLoopbackTest, UndeliveredResultIsCounted) {
    fake_conductor server;
    grace_ = abort_grace_ = std::chrono::milliseconds{1};
    auto const runtime = make_runtime(server);
    door closed;
    runtime->add("work", [&] { closed.wait(); });
    background_run run{*runtime};
    server.enqueue({.type = "work"});
    ASSERT_TRUE(closed.wait_for_arrivals(1));
    server.http().go_down();
    closed.open();
    ASSERT_TRUE(observer_->wait_for(event_kind::update_failed));
    runtime->drain();
    EXPECT_EQ(run.join(), (run_report{.lost_results = 1}));
}

TEST_F(StopLoopbackTest, StopBeforeTheRunEndsItAtOnce) {
    fake_conductor server;
    auto const runtime = make_runtime(server);
    runtime->add("work", [] {});
    runtime->drain();
    EXPECT_TRUE(runtime->run(std::stop_token{}).clean());
    EXPECT_EQ(observer_->count(event_kind::started), 0u);
}

TEST_F(StopLoopbackTest, RepeatedStopsAreHarmless) {
    fake_conductor server;
    auto const runtime = make_runtime(server);
    runtime->add("work", [] {});
    background_run run{*runtime};
    ASSERT_TRUE(server.wait_for_status(server.enqueue({.type = "work"}), "COMPLETED"));
    runtime->drain();
    runtime->drain();
    runtime->abort();
    runtime->abort();
    runtime->drain();
    EXPECT_TRUE(run.stop().clean());
    runtime->drain();
}

void stop_from_many_threads(runtime& runtime) {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&runtime, i] { i % 2 == 0 ? runtime.drain() : runtime.abort(); });
}

TEST_F(StopLoopbackTest, SurvivesManyStartsAndStops) {
    fake_conductor server;
    for (int round = 0; round < 30; ++round) {
        auto const runtime = make_runtime(server);
        runtime->add("work", [] {}, {.slots = 2});
        background_run run{*runtime};
        auto const ids = enqueue(server, "work", 3);
        if (round % 3 == 0) {
            EXPECT_TRUE(server.wait_for_status(ids.front(), "COMPLETED"));
        }
        stop_from_many_threads(*runtime);
        EXPECT_TRUE(run.join().clean());
    }
}

}  // namespace
}  // namespace conductor::test
