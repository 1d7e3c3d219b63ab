#include <daemon/health/queue_depths.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

using sizes = std::map<std::string, std::int64_t>;

conductor::worker of_type(std::string type, std::string domain = {}) {
    conductor::worker made{.type = std::move(type), .run = {}};
    made.options.domain = std::move(domain);
    return made;
}

TEST(QueueDepthsTest, ADomainsQueueCountsForItsType) {
    daemon::queue_depths depths({of_type("a"), of_type("b", "ours")});
    EXPECT_EQ(depths.queues(), (std::vector<std::string>{"a", "ours:b"}));
    depths.learn(sizes{{"a", 3}, {"ours:b", 0}, {"unasked", 7}});
    EXPECT_EQ(depths.latest(), (sizes{{"a", 3}, {"b", 0}}));
}

TEST(QueueDepthsTest, ThereIsNoneWhileTheServerTellsNone) {
    daemon::queue_depths depths({of_type("a")});
    EXPECT_TRUE(depths.latest().empty());
    depths.learn(sizes{{"a", 3}});
    depths.learn(failure{errc::timed_out});
    EXPECT_TRUE(depths.latest().empty()) << "an old number would scale wrongly";
}

}  // namespace
}  // namespace conductor::test
