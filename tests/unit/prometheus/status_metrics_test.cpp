#include "status_metrics.hpp"

#include "scripted_events.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace conductor::metrics {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::system_clock::time_point now{1000s};

std::string text_of(runtime_status const& status) { return to_text(status_metrics(status, now)); }

TEST(StatusMetricsTest, AnEmptyRuntimeShowsOutboxAndCircuit) {
    EXPECT_EQ(text_of({}),
              "# HELP conductor_circuit_open 1 while all task types wait for the server, else 0.\n"
              "# TYPE conductor_circuit_open gauge\n"
              "conductor_circuit_open 0\n"
              "# HELP conductor_outbox_bytes Size of the results in the outbox.\n"
              "# TYPE conductor_outbox_bytes gauge\n"
              "conductor_outbox_bytes 0\n"
              "# HELP conductor_outbox_full 1 while the outbox may have no room, else 0.\n"
              "# TYPE conductor_outbox_full gauge\n"
              "conductor_outbox_full 0\n"
              "# HELP conductor_outbox_oldest_age_seconds Age of the oldest result in the outbox; "
              "0 when it is empty.\n"
              "# TYPE conductor_outbox_oldest_age_seconds gauge\n"
              "conductor_outbox_oldest_age_seconds 0\n"
              "# HELP conductor_outbox_rows Results in the outbox.\n"
              "# TYPE conductor_outbox_rows gauge\n"
              "conductor_outbox_rows 0\n");
}

TEST(StatusMetricsTest, WhatIsNotKnownYetHasNoSeries) {
    runtime_status const status{.worker_id = {},
                                .workers = {{.type = "greet", .domain = {}, .slots = 1}}};
    auto const text = text_of(status);

    EXPECT_NE(text.find("conductor_slots{domain=\"\",taskType=\"greet\"} 1\n"), text.npos);
    EXPECT_EQ(text.find("conductor_poll_success_age_seconds"), text.npos);
    EXPECT_EQ(text.find("conductor_lease_age_seconds"), text.npos);
}

TEST(StatusMetricsTest, TellsTheReasonForWhichAWorkerIsHeld) {
    auto const text = text_of(test::scripted_status(now));

    EXPECT_NE(
        text.find("conductor_poll_held{domain=\"eu\",reason=\"paused\",taskType=\"greet\"} 1\n"),
        text.npos);
    EXPECT_NE(
        text.find("conductor_poll_held{domain=\"\",reason=\"paused\",taskType=\"greet\"} 0\n"),
        text.npos);
}

TEST(StatusMetricsTest, AClockThatWasSetBackMakesNoNegativeAge) {
    runtime_status const status{
        .worker_id = {}, .workers = {}, .outbox = {.rows = 1, .oldest = now + 1h}};

    EXPECT_NE(text_of(status).find("conductor_outbox_oldest_age_seconds 0\n"), std::string::npos);
}

TEST(StatusMetricsTest, ShowsQueuesByTaskType) {
    EXPECT_EQ(to_text({queue_metrics({{"greet", 12}, {"a", 0}})}),
              "# HELP conductor_queue_depth Tasks that wait in the server's queue.\n"
              "# TYPE conductor_queue_depth gauge\n"
              "conductor_queue_depth{taskType=\"a\"} 0\n"
              "conductor_queue_depth{taskType=\"greet\"} 12\n");
    EXPECT_EQ(to_text({queue_metrics({})}), "");
}

TEST(StatusMetricsTest, AFamilyOfTwoSourcesStandsOnce) {
    auto families = status_metrics(test::scripted_status(now), now);
    auto const text = to_text(std::move(families));

    auto const first = text.find("# TYPE conductor_slots gauge");
    EXPECT_NE(first, text.npos);
    EXPECT_EQ(text.find("# TYPE conductor_slots gauge", first + 1), text.npos);
}

}  // namespace
}  // namespace conductor::metrics
