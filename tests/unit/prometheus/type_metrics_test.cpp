#include "type_metrics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace conductor::metrics {
namespace {

std::set<std::string> families(prometheus::Registry const& in) {
    std::set<std::string> names;
    for (auto const& family : in.Collect()) names.insert(family.name);
    return names;
}

TEST(TypeMetricsTest, HasTheOfficialNamesOfWhichAllLabelsAreKnown) {
    prometheus::Registry in;
    make_type_metrics(in, "greet");
    auto const names = families(in);

    for (auto const* const name :
         {"task_poll_total", "task_execution_started_total", "task_ack_failed_total",
          "task_execution_queue_full_total", "task_paused_total", "worker_restart_total",
          "task_poll_time_seconds", "task_execute_time_seconds", "task_update_time_seconds",
          "task_result_size_bytes", "active_workers"})
        EXPECT_TRUE(names.contains(name)) << name;
}

TEST(TypeMetricsTest, ShowsSuccessAndFailureFromTheStart) {
    prometheus::Registry in;
    make_type_metrics(in, "greet");

    auto const all = in.Collect();
    auto const times =
        std::ranges::find(all, "task_execute_time_seconds", &prometheus::MetricFamily::name);

    ASSERT_NE(times, all.end());
    EXPECT_EQ(times->metric.size(), 2U);
    EXPECT_EQ(times->metric[0].histogram.bucket.size(), time_buckets.size() + 1);
}

TEST(TypeMetricsTest, ATypeMadeTwiceIsTheSame) {
    prometheus::Registry in;
    make_type_metrics(in, "greet").polls->Increment();

    EXPECT_EQ(make_type_metrics(in, "greet").polls->Value(), 1);
    EXPECT_EQ(make_type_metrics(in, "other").polls->Value(), 0);
}

}  // namespace
}  // namespace conductor::metrics
