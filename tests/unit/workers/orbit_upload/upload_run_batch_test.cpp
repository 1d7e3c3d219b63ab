#include "upload_run_case.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace conductor::workers {
namespace {

using std::chrono::seconds;
using test::limited;
using strings = std::vector<std::string>;

using UploadRunBatchTest = test::upload_run_case;

TEST_F(UploadRunBatchTest, SendsAsManyAtOnceAsTheSinkTakes) {
    activities_up_to(5);
    sink->batch = 2;

    auto const result = claim();

    EXPECT_EQ(result.status(), task_status::completed);
    ASSERT_EQ(sink->delivered.size(), 3U);
    EXPECT_EQ(sink->delivered.back().activities.size(), 1U);
    EXPECT_EQ(sink->keys(), (strings{"k0", "k1", "k2", "k3", "k4"}));
    EXPECT_EQ(result.output().at("requests"), 3);
    EXPECT_EQ(clock->waits().size(), 2U);
    EXPECT_EQ(sink->delivered.front().workflow_id, "w");
}

TEST_F(UploadRunBatchTest, ASinkWithoutAPaceIsNotWaitedFor) {
    activities_up_to(3);
    sink->paced = false;
    request.rate_per_minute = 1;

    auto const result = claim();

    EXPECT_EQ(result.status(), task_status::completed);
    EXPECT_TRUE(clock->waits().empty());
}

TEST_F(UploadRunBatchTest, ALimitWithinABatchGoesOnThereInTheNextClaim) {
    activities_up_to(4);
    sink->batch = no_batch_max;
    sink->script = {{.outcome = delivery_outcome::created}, limited(seconds{17})};

    auto const first = claim();
    ASSERT_EQ(first.status(), task_status::in_progress);
    EXPECT_EQ(first.output().at("next_index"), 1);
    clock->advance(first.delay());
    auto const second = claim(first.output());

    EXPECT_EQ(second.status(), task_status::completed);
    ASSERT_EQ(sink->delivered.size(), 2U);
    EXPECT_EQ(sink->delivered.back().activities.size(), 3U);
    EXPECT_EQ(second.output().at("requests"), 2);
}

TEST_F(UploadRunBatchTest, ADeliveryThatWasGivenUpIsGivenBack) {
    activities_up_to(3);
    sink->script = {{.outcome = delivery_outcome::created}, {.outcome = delivery_outcome::stopped}};

    auto const result = claim();

    EXPECT_EQ(result.status(), task_status::in_progress);
    EXPECT_EQ(result.delay(), seconds{0});
    EXPECT_EQ(result.output().at("next_index"), 1);
}

}  // namespace
}  // namespace conductor::workers
