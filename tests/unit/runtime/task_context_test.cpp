#include <conductor/task_context.hpp>

#include <gtest/gtest.h>

namespace conductor {
namespace {

task make(char const* id, int retry) {
    return task({{"taskId", id},
                 {"workflowInstanceId", "w"},
                 {"referenceTaskName", "post__3"},
                 {"retryCount", retry},
                 {"outputData", {{"next_index", 40}}}});
}

task_context context_of(task const& claimed) {
    return {claimed, {}, std::nullopt, environment::system().clock};
}

TEST(TaskContextTest, IdempotencyKeyIsTheSameOverRetries) {
    auto const first = make("a", 0);
    auto const second = make("b", 1);
    EXPECT_EQ(context_of(first).idempotency_key(), context_of(second).idempotency_key());
    EXPECT_EQ(context_of(first).idempotency_key(), "w/post__3");
}

TEST(TaskContextTest, GivesWhatTheLastClaimLeft) {
    auto const claimed = make("a", 0);
    EXPECT_EQ(context_of(claimed).previous_output().at("next_index").as_int64(), 40);
}

TEST(TaskContextTest, LogsAreTakenOnce) {
    auto const claimed = make("a", 0);
    auto context = context_of(claimed);
    context.log("one");
    context.log("two");
    auto const logs = context.take_logs();
    ASSERT_EQ(logs.size(), 2u);
    EXPECT_EQ(logs[1].text, "two");
    EXPECT_TRUE(context.take_logs().empty());
}

}  // namespace
}  // namespace conductor
