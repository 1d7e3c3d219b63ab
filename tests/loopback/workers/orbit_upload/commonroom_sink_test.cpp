#include "sink_case.hpp"

#include <orbit_upload/commonroom_sink.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

namespace conductor::workers {
namespace {

struct CommonroomSinkTest : testing::Test, test::sink_case {
    commonroom_sink sink{channel("/community/v1")};
};

TEST_F(CommonroomSinkTest, PostsOneActivityToTheSourceWithTheKey) {
    auto const reports = deliver(
        sink,
        {{{"key", "a"}, {"activity_type_key", "star:created"}, {"member", {{"github", "ann"}}}}});

    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].outcome, delivery_outcome::accepted);
    auto const request = server.requests().at(0);
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.target, "/community/v1/source/oss%20stats/activity");
    EXPECT_EQ(request.headers.find("Authorization"), "Bearer k3y");
    EXPECT_EQ(boost::json::parse(request.body), boost::json::parse(R"({
        "id": "a", "activityType": "starred",
        "user": {"id": "ann", "username": "ann", "github": {"type": "handle", "value": "ann"}}})"));
}

TEST_F(CommonroomSinkTest, WaitsUntilTheDateThatItIsTold) {
    server.answer_next({.status = 429,
                        .body = R"({"reason": "rate-limited"})",
                        .headers = {{"Retry-After", "2026-01-01T00:00:42Z"}}});

    auto const reports = deliver(sink, {{{"key", "a"}}});

    EXPECT_EQ(reports.at(0).outcome, delivery_outcome::limited);
    EXPECT_EQ(reports.at(0).retry_after, std::chrono::seconds{42});
}

TEST_F(CommonroomSinkTest, TakesOneAtATimeAtAPaceWithAKey) {
    EXPECT_EQ(sink.batch_max(), 1U);
    EXPECT_TRUE(sink.is_paced());
    EXPECT_EQ(sink.key_rule(), key_rule::of_input);
}

}  // namespace
}  // namespace conductor::workers
