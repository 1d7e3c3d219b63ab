#include <conductor/sqlite_outbox.hpp>

#include <loopback/sdk/runtime_case.hpp>
#include <support/temporary_folder.hpp>

#include <boost/json/object.hpp>

#include <memory>
#include <string>

namespace conductor::test {
namespace {

struct OutboxRestartTest : runtime_case {
    temporary_folder folder;
    fake_conductor server;
    door closed;

    /** @brief A process: a runtime with an outbox in the same file as the one before. */
    struct process {
        std::shared_ptr<sqlite_outbox> outbox;
        std::shared_ptr<recording_observer> observer = std::make_shared<recording_observer>();
        std::unique_ptr<runtime> served;
    };

    process start(outbox_mode mode) {
        process made;
        made.outbox = std::make_shared<sqlite_outbox>(
            sqlite_outbox_options{.path = folder.path("outbox.db")});
        client_options client;
        client.server_url = server.url();
        runtime_options options;
        options.outbox = made.outbox;
        options.outbox_mode = mode;
        options.observer = made.observer;
        options.update_backoff = {std::chrono::milliseconds{5}, std::chrono::milliseconds{50}};
        options.grace = std::chrono::milliseconds{0};
        options.abort_grace = time_limit;
        made.served = std::make_unique<runtime>(std::move(client), std::move(options));
        made.served->add("work", [this] {
            closed.wait();
            return boost::json::object{{"tenth", 0.1}};
        });
        return made;
    }

    /** @brief A process ends with a result that the server did not take; gives its task. */
    std::string leave_a_result(outbox_mode mode) {
        auto const first = start(mode);
        background_run run{*first.served};
        auto const id = server.enqueue({.type = "work"});
        EXPECT_TRUE(closed.wait_for_arrivals(1));
        server.http().go_down();
        closed.open();
        EXPECT_TRUE(first.observer->wait_for(event_kind::stored, 1));
        EXPECT_EQ(run.stop().stored_results, 1U);
        EXPECT_EQ(first.outbox->level().rows, 1U);
        return id;
    }

    void expect_delivery_after_a_restart(outbox_mode mode) {
        auto const id = leave_a_result(mode);
        server.http().go_up();

        auto const second = start(mode);
        background_run run{*second.served};
        ASSERT_TRUE(server.wait_for_status(id, "COMPLETED"));
        ASSERT_TRUE(second.observer->wait_for(event_kind::updated, 1));
        EXPECT_TRUE(run.stop().clean());

        EXPECT_EQ(server.task(id).at("outputData").at("tenth"), 0.1);
        EXPECT_EQ(second.outbox->level().rows, 0U);
    }
};

TEST_F(OutboxRestartTest, TheNextProcessDeliversWhatTheServerDidNotTake) {
    expect_delivery_after_a_restart(outbox_mode::on_failure);
}

TEST_F(OutboxRestartTest, TheNextProcessDeliversWhatWasStoredBeforeItWasSent) {
    expect_delivery_after_a_restart(outbox_mode::always);
}

TEST_F(OutboxRestartTest, WithTheServerUpNothingStaysBehind) {
    closed.open();
    auto const only = start(outbox_mode::always);
    background_run run{*only.served};
    auto const ids = enqueue(server, "work", 40);

    EXPECT_TRUE(server.wait_for_statuses(ids, "COMPLETED"));
    EXPECT_TRUE(run.stop().clean());
    EXPECT_EQ(only.outbox->level().rows, 0U);
}

}  // namespace
}  // namespace conductor::test
