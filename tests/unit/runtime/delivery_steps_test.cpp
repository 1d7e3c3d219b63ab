#include "running_runtime.hpp"

#include "support/memory_outbox.hpp"
#include "support/run_coroutine.hpp"

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

// What the outbox holds after a result could not be delivered.
outbox_entry stored_entry(boost::json::object const& extra) {
    auto const outbox = std::make_shared<memory_outbox>();
    running_runtime runtime({.outbox = outbox});
    runtime.api->updates.push(failure{.code = make_http_error(503)});
    runtime.add([] {
        return task_result::call_back_after(std::chrono::seconds{7}, {{"progress", 3}});
    });
    runtime.start();
    runtime.hand_out({"t"}, extra);
    EXPECT_TRUE(runtime.handlers->wait_for_jobs(1));
    runtime.handlers->run_next();
    EXPECT_TRUE(runtime.observer->wait_for(event_kind::stored));
    boost::asio::io_context loop;
    auto const keys = run_coroutine(loop, outbox->keys());
    auto const entry = run_coroutine(loop, outbox->read(keys->at(0)));
    return entry->value();
}

TEST(DeliveryStepsTest, AnEntryHoldsAllThatAReplayNeeds) {
    auto const entry = stored_entry({{"pollCount", 4}});
    EXPECT_EQ(entry.poll_count, 4);
    EXPECT_EQ(entry.update.task_id, "t");
    EXPECT_EQ(entry.update.task_type, "greet");
    EXPECT_EQ(entry.update.workflow_id, "workflow-of-t");
    EXPECT_FALSE(entry.update.worker_id.empty());
    EXPECT_EQ(entry.update.status, task_status::in_progress);
    EXPECT_EQ(entry.update.callback_after, std::chrono::seconds{7});
    EXPECT_EQ(entry.update.output_text, R"({"progress":3})");
    EXPECT_NE(entry.created, std::chrono::system_clock::time_point{});
}

TEST(DeliveryStepsTest, NothingIsClaimedWhileAResultCanBeKeptInMemoryAlone) {
    auto const outbox = std::make_shared<memory_outbox>();
    outbox->fail(true);
    constexpr std::chrono::milliseconds wait{50};
    running_runtime runtime({.outbox = outbox, .update_backoff = {wait, wait, 2.0, 0.0}});
    runtime.api->updates_and_polls.push(failure{.code = make_http_error(503)});
    runtime.add([] {}, {.slots = 2});
    runtime.start();
    runtime.hand_out({"t", "u"});
    ASSERT_TRUE(runtime.handlers->wait_for_jobs(2));
    runtime.handlers->run_next();
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::update_failed));
    EXPECT_TRUE(runtime.status().outbox.full);
    runtime.handlers->run_next();
    runtime.reports(1);
    EXPECT_EQ(runtime.api->calls(call_kind::poll).size(), 1u) << "a slot is free";
    ASSERT_TRUE(runtime.clock->wait_for_sleeper_until(runtime.clock->now() + wait));
    runtime.clock->advance(wait);
    runtime.reports(2);
    EXPECT_TRUE(runtime.api->wait_for(call_kind::poll, 2)) << "it was delivered all the same";
    EXPECT_FALSE(runtime.status().outbox.full);
}

TEST(DeliveryStepsTest, ALostResultSaysWhy) {
    running_runtime runtime;
    runtime.api->updates.push(failure{.code = make_http_error(400), .detail = "no such thing"});
    runtime.add([] { return task_result::call_back_after(std::chrono::seconds{7}); });
    runtime.start();
    runtime.hand_out({"t"});
    ASSERT_TRUE(runtime.handlers->wait_for_jobs(1));
    runtime.handlers->run_next();
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::update_lost));
    EXPECT_EQ(runtime.observer->events(event_kind::update_lost).at(0).error.detail,
              "no such thing");
}

}  // namespace
}  // namespace conductor::test
