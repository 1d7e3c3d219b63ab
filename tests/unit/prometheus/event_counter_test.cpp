#include "event_counter.hpp"

#include "scripted_events.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace conductor::metrics {
namespace {

using namespace std::chrono_literals;

struct EventCounterTest : testing::Test {
    prometheus::Registry in;
    event_counter counter{in, {"greet"}, true};

    /** @brief What stands in the registry; asking makes it where it is missing. */
    type_metrics greet() { return make_type_metrics(in, "greet"); }
};

TEST_F(EventCounterTest, AFailedPollIsAPollToo) {
    failure const error{.code = errc::timed_out};
    counter.count(events::polled{.type = "greet"});
    counter.count(events::poll_failed{.type = "greet", .error = error});

    EXPECT_EQ(greet().polls->Value(), 2);
}

TEST_F(EventCounterTest, KnowsHowManyHandlersRun) {
    auto const claimed = test::scripted_task();
    counter.count(events::started{.task = claimed});
    counter.count(events::started{.task = claimed});
    EXPECT_EQ(greet().active->Value(), 2);
    counter.count(events::finished{.task = claimed, .outcome = task_result{}});

    EXPECT_EQ(greet().active->Value(), 1);
}

TEST_F(EventCounterTest, ATaskThatComesBackLaterSucceeded) {
    auto const later = task_result::call_back_after(5s);
    auto const claimed = test::scripted_task();
    counter.count(events::finished{.task = claimed, .outcome = later, .took = 10ms});

    EXPECT_EQ(greet().execute_time.success->Collect().histogram.sample_count, 1U);
    EXPECT_EQ(greet().execute_time.failure->Collect().histogram.sample_count, 0U);
}

TEST_F(EventCounterTest, ATaskWithoutTimesTellsOfNoWait) {
    task const bare{{{"taskType", "greet"}}};
    counter.count(events::started{.task = bare});
    EXPECT_EQ(greet().queue_wait->Collect().histogram.sample_count, 0U);
    auto const claimed = test::scripted_task();
    counter.count(events::started{.task = claimed});

    EXPECT_EQ(greet().queue_wait->Collect().histogram.sample_sum, 2.0);
}

TEST_F(EventCounterTest, ResultsAreMeasuredOnlyWhenAskedTo) {
    event_counter without{in, {}, false};
    auto const claimed = test::scripted_task();
    task_result const result;
    without.count(events::finished{.task = claimed, .outcome = result});
    EXPECT_EQ(greet().result_size->Collect().histogram.sample_count, 0U);
    counter.count(events::finished{.task = claimed, .outcome = result});

    EXPECT_EQ(greet().result_size->Collect().histogram.sample_sum, 2.0);
}

TEST_F(EventCounterTest, ATypeThatWasNotNamedComesWithItsFirstEvent) {
    counter.count(events::polled{.type = "other"});

    EXPECT_EQ(make_type_metrics(in, "other").polls->Value(), 1);
}

}  // namespace
}  // namespace conductor::metrics
