#include "sink_case.hpp"

#include <orbit_upload/orbit_sink.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

namespace conductor::workers {
namespace {

struct OrbitSinkTest : testing::Test, test::sink_case {
    orbit_sink sink{channel("/api/v1")};
};

TEST_F(OrbitSinkTest, PostsOneActivityWithTheKey) {
    auto const reports = deliver(sink, {{{"key", "a"}, {"title", "starred"}}});

    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].outcome, delivery_outcome::accepted);
    auto const request = server.requests().at(0);
    EXPECT_EQ(request.target, "/api/v1/oss%20stats/activities");
    EXPECT_EQ(request.headers.find("Authorization"), "Bearer k3y");
    EXPECT_EQ(boost::json::parse(request.body),
              boost::json::parse(R"({"activity": {"key": "a", "title": "starred"}})"));
}

TEST_F(OrbitSinkTest, TakesOneAtATimeAtAPaceWithAKey) {
    EXPECT_EQ(sink.batch_max(), 1U);
    EXPECT_TRUE(sink.is_paced());
    EXPECT_EQ(sink.key_rule(), key_rule::of_input);
}

}  // namespace
}  // namespace conductor::workers
