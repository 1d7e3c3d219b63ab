#include "http_failure.hpp"
#include "running_runtime.hpp"

#include "support/memory_outbox.hpp"

#include <gtest/gtest.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <future>

namespace conductor::test {
namespace {

namespace asio = boost::asio;

using std::chrono::milliseconds;

backoff_options const waits{milliseconds{50}, milliseconds{50}, 1.0, 0.0};

// Says what it holds once it is told to.
class slow_outbox final : public memory_outbox {
public:
    awaitable<result<std::vector<outbox_key>>> keys() override {
        asio::steady_timer waiting(co_await asio::this_coro::executor, time_point::max());
        waiting_ = &waiting;
        asked.set_value();
        co_await waiting.async_wait(asio::as_tuple(asio::use_awaitable));
        co_return co_await memory_outbox::keys();
    }
    void answer(asio::any_io_executor const& loop) {
        asio::post(loop, [this] { waiting_->cancel(); });
    }

    std::promise<void> asked;

private:
    asio::steady_timer* waiting_ = nullptr;
};

struct OutboxSenderTest : testing::Test {
    std::shared_ptr<memory_outbox> const outbox = std::make_shared<memory_outbox>();

    runtime_options options(outbox_mode mode = outbox_mode::on_failure) const {
        return {.outbox = outbox, .outbox_mode = mode, .update_backoff = waits};
    }

    static void run_task(running_runtime& runtime) {
        runtime.add([] { return task_result::call_back_after(std::chrono::seconds{1}); });
        runtime.start();
        runtime.hand_out({"t"});
        ASSERT_TRUE(runtime.handlers->wait_for_jobs(1));
        runtime.handlers->run_next();
    }

    static void pass(running_runtime& runtime, milliseconds time) {
        ASSERT_TRUE(runtime.clock->wait_for_sleeper_until(runtime.clock->now() + time));
        runtime.clock->advance(time);
    }

    static std::string worker_id(running_runtime const& runtime) {
        return runtime.api->calls(call_kind::poll).at(0).poll.worker_id;
    }

    static task read_task(std::string_view status, std::string const& worker_id) {
        return make_task("greet", "t", {{"status", status}, {"workerId", worker_id}});
    }

    // What an earlier process left behind.
    static outbox_entry left_entry(std::string const& id) {
        outbox_entry entry;
        entry.poll_count = 1;
        entry.update.task_id = id;
        entry.update.workflow_id = "workflow-of-" + id;
        entry.update.worker_id = "earlier";
        entry.update.task_type = "greet";
        entry.update.output_text = "{}";
        return entry;
    }
    void leave_result(std::string const& id = "t") const { outbox->leave(left_entry(id)); }
};

TEST_F(OutboxSenderTest, AResultThatCannotBeDeliveredFreesItsSlotAndIsSentLater) {
    running_runtime runtime(options());
    runtime.api->updates.push(http_failure(503));
    run_task(runtime);
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::stored));
    EXPECT_EQ(outbox->level().rows, 1u);
    EXPECT_TRUE(runtime.api->wait_for(call_kind::poll, 2)) << "the slot is free";
    pass(runtime, milliseconds{50});
    runtime.api->gets.push(read_task("IN_PROGRESS", worker_id(runtime)));
    EXPECT_EQ(runtime.reports(1).size(), 2u);
    runtime.drain_idle();
    EXPECT_EQ(runtime.join(), run_report{});
    EXPECT_EQ(outbox->level().rows, 0u);
}

TEST_F(OutboxSenderTest, AResultWhoseTaskHasEndedIsLostAndSaidSo) {
    running_runtime runtime(options());
    runtime.api->updates.push(http_failure(503));
    run_task(runtime);
    pass(runtime, milliseconds{50});
    runtime.api->gets.push(read_task("TIMED_OUT", worker_id(runtime)));
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::update_lost));
    EXPECT_EQ(runtime.api->calls(call_kind::update).size(), 1u) << "nothing useless is sent";
    runtime.drain_idle();
    EXPECT_EQ(runtime.join().stored_results, 0u);
    EXPECT_EQ(outbox->level().rows, 0u);
}

TEST_F(OutboxSenderTest, AHandBackWhoseAnswerWasLostIsDeliveredWhenTheTaskIsBack) {
    running_runtime runtime(options());
    runtime.api->updates.push(failure{.code = errc::connection_closed, .may_have_arrived = true});
    run_task(runtime);
    pass(runtime, milliseconds{50});
    runtime.api->gets.push(read_task("SCHEDULED", ""));
    EXPECT_EQ(runtime.reports(1).size(), 1u) << "it is not sent twice";
    EXPECT_EQ(runtime.observer->count(event_kind::update_lost), 0u);
}

TEST_F(OutboxSenderTest, AnEntryThatCannotBeReadAtOnceIsReadAgain) {
    leave_result();
    for (int const failing : {1, 2}) {
        outbox->fail_reads(failing);
        running_runtime runtime(options());
        runtime.add([] {});
        runtime.start();
        while (runtime.api->calls(call_kind::get).empty()) runtime.clock->advance_to_next();
        EXPECT_EQ(runtime.api->calls(call_kind::get).at(0).task_id, "t");
    }
}

TEST_F(OutboxSenderTest, WhatIsNotRemovedAtOnceIsRemovedLater) {
    auto const small = std::make_shared<memory_outbox>(1);
    small->fail_removals(2);
    running_runtime runtime({.outbox = small, .update_backoff = waits});
    runtime.api->updates.push(http_failure(503));
    run_task(runtime);
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::stored));
    pass(runtime, milliseconds{50});
    runtime.api->gets.push(read_task("IN_PROGRESS", worker_id(runtime)));
    runtime.reports(1);
    EXPECT_EQ(small->level().rows, 1u);
    while (runtime.api->calls(call_kind::poll).size() < 2) runtime.clock->advance_to_next();
    EXPECT_EQ(small->level().rows, 0u);
}

TEST_F(OutboxSenderTest, AnOutboxThatIsFullAtTheStartStopsClaiming) {
    auto const small = std::make_shared<memory_outbox>(1);
    small->leave(left_entry("t"));
    running_runtime runtime({.outbox = small, .update_backoff = waits});
    runtime.add([] {});
    runtime.start();
    ASSERT_TRUE(runtime.api->wait_for(call_kind::get));
    EXPECT_TRUE(runtime.api->calls(call_kind::poll).empty());
    runtime.api->gets.push(read_task("COMPLETED", "earlier"));
    EXPECT_TRUE(runtime.api->wait_for(call_kind::poll));
}

TEST_F(OutboxSenderTest, InModeAlwaysAResultIsStoredBeforeItIsSent) {
    running_runtime runtime(options(outbox_mode::always));
    runtime.api->updates.hold();
    run_task(runtime);
    ASSERT_TRUE(runtime.api->wait_for(call_kind::update));
    EXPECT_EQ(outbox->level().rows, 1u);
    runtime.api->updates.push(boost::system::in_place_value);
    runtime.reports(1);
    runtime.drain_idle();
    runtime.join();
    EXPECT_EQ(outbox->level().rows, 0u);
}

TEST_F(OutboxSenderTest, WhatCannotBeDeliveredBeforeTheEndStays) {
    running_runtime runtime(options());
    runtime.api->updates.push(http_failure(503));
    run_task(runtime);
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::stored));
    runtime.drain_idle();
    auto const report = runtime.join();
    EXPECT_EQ(report, run_report{.stored_results = 1});
    EXPECT_TRUE(report.clean());
    EXPECT_EQ(outbox->level().rows, 1u);
}

TEST_F(OutboxSenderTest, WhatAnEarlierProcessLeftIsDelivered) {
    leave_result();
    running_runtime runtime(options());
    runtime.start();
    ASSERT_TRUE(runtime.api->wait_for(call_kind::get));
    runtime.api->gets.push(read_task("IN_PROGRESS", "earlier"));
    auto const sent = runtime.reports(1).at(0);
    EXPECT_EQ(sent.worker_id, "earlier");
    EXPECT_EQ(sent.output_text, "{}");
}

TEST_F(OutboxSenderTest, WhatIsSomebodyElsesByNowIsNotTouched) {
    leave_result();
    running_runtime runtime(options());
    runtime.start();
    ASSERT_TRUE(runtime.api->wait_for(call_kind::get));
    runtime.api->gets.push(read_task("IN_PROGRESS", "another"));
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::update_lost));
    EXPECT_TRUE(runtime.api->calls(call_kind::update).empty());
}

TEST_F(OutboxSenderTest, ATaskThatIsClaimedAnewRunsThoughAnEarlierResultWaits) {
    leave_result();
    running_runtime runtime(options());
    runtime.add([] {});
    runtime.start();
    ASSERT_TRUE(runtime.api->wait_for(call_kind::get));
    runtime.hand_out({"t"}, {{"pollCount", 2}});
    ASSERT_TRUE(runtime.handlers->wait_for_jobs(1)) << "it is no duplicate";
    runtime.api->gets.push(read_task("IN_PROGRESS", worker_id(runtime)));
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::update_lost));
    EXPECT_EQ(runtime.status().workers.at(0).in_flight, 1u) << "the later claim stays ours";
    runtime.handlers->run_next();
    EXPECT_EQ(runtime.reports(1).at(0).status, task_status::completed);
}

TEST_F(OutboxSenderTest, NoTaskGoesBackWhoseResultHasYetToBeSent) {
    for (int result = 0; result < 20; ++result) leave_result("t" + std::to_string(result));
    running_runtime runtime(options());
    runtime.add([] {});
    runtime.start();
    std::size_t const senders = 8;
    ASSERT_TRUE(runtime.api->wait_for(call_kind::get, senders));
    ASSERT_TRUE(runtime.api->wait_for(call_kind::poll));
    auto const ours = [&](char const* id) {
        return make_task("greet", id, {{"workerId", worker_id(runtime)}, {"pollCount", 1}});
    };
    runtime.api->searches.push(std::vector{ours("t19"), ours("lost")});
    runtime.api->polls.push(failure{.code = errc::connection_closed, .may_have_arrived = true});
    ASSERT_TRUE(runtime.api->wait_for(call_kind::get, senders + 1));
    EXPECT_EQ(runtime.api->calls(call_kind::get).back().task_id, "lost");
}

TEST_F(OutboxSenderTest, NothingIsClaimedBeforeTheOutboxIsRead) {
    auto const slow = std::make_shared<slow_outbox>();
    running_runtime runtime({.outbox = slow});
    runtime.add([] {});
    runtime.start();
    slow->asked.get_future().wait();
    EXPECT_TRUE(runtime.api->calls(call_kind::poll).empty());
    slow->answer(runtime.served().get_executor());
    EXPECT_TRUE(runtime.api->wait_for(call_kind::poll));
}

TEST_F(OutboxSenderTest, AFullOutboxStopsClaiming) {
    auto const small = std::make_shared<memory_outbox>(1);
    running_runtime runtime({.outbox = small, .update_backoff = waits});
    runtime.api->updates.push(http_failure(503));
    run_task(runtime);
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::stored));
    pass(runtime, milliseconds{50});
    EXPECT_EQ(runtime.api->calls(call_kind::poll).size(), 1u);
    runtime.api->gets.push(read_task("IN_PROGRESS", worker_id(runtime)));
    EXPECT_TRUE(runtime.api->wait_for(call_kind::poll, 2));
}

}  // namespace
}  // namespace conductor::test
