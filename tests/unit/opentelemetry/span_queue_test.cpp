#include "span_queue.hpp"

#include "some_span.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace conductor::tracing {
namespace {

using namespace std::chrono_literals;

constexpr time_point at{100s};

struct SpanQueueTest : testing::Test {
    span_queue queue{{.queue_max = 4, .batch_max = 3, .delay = 5s}};

    bool add(std::string name, time_point now = at) {
        return queue.add(test::some_span(std::move(name)), now);
    }
};

TEST_F(SpanQueueTest, NothingIsDueWhileItIsEmpty) {
    EXPECT_EQ(queue.due(), std::nullopt);
    EXPECT_TRUE(queue.take().empty());
}

TEST_F(SpanQueueTest, TheFirstOfABatchWaitsForOthers) {
    EXPECT_TRUE(add("a", at));
    EXPECT_TRUE(add("b", at + 4s));

    EXPECT_EQ(queue.due(), at + 5s);
}

TEST_F(SpanQueueTest, AWholeBatchGoesAtOnce) {
    for (auto const* const name : {"a", "b", "c"}) EXPECT_TRUE(add(name));

    EXPECT_EQ(queue.due(), at);
}

TEST_F(SpanQueueTest, TakesABatchInOrderAndNoMore) {
    for (auto const* const name : {"a", "b", "c", "d"}) EXPECT_TRUE(add(name));

    auto const batch = queue.take();
    ASSERT_EQ(batch.size(), 3U);
    EXPECT_EQ(batch[0].name, "a");
    EXPECT_EQ(batch[2].name, "c");
    EXPECT_EQ(queue.due(), at + 5s);
    EXPECT_EQ(queue.take().at(0).name, "d");
}

TEST_F(SpanQueueTest, DropsWhatHasNoRoom) {
    for (auto const* const name : {"a", "b", "c", "d"}) EXPECT_TRUE(add(name));

    EXPECT_FALSE(add("e"));
    EXPECT_EQ(queue.size(), 4U);
}

TEST_F(SpanQueueTest, InAHurryWhatThereIsGoesAtOnce) {
    EXPECT_TRUE(add("a", at));
    queue.hurry(at + 1s);

    EXPECT_EQ(queue.due(), at + 1s);
}

}  // namespace
}  // namespace conductor::tracing
