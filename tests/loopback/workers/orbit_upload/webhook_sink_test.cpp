#include "sink_case.hpp"

#include <orbit_upload/webhook_sink.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

namespace conductor::workers {
namespace {

namespace json = boost::json;

TEST(WebhookBodyTest, HoldsTheWorkspaceAndTheActivitiesAsTheyAre) {
    EXPECT_EQ(webhook_body("oss", {{{"key", "a"}, {"title", "t"}}, {{"key", "b"}}}),
              R"({"workspace":"oss","activities":[{"key":"a","title":"t"},{"key":"b"}]})");
}

struct WebhookSinkTest : testing::Test, test::sink_case {
    webhook_sink sink{channel("/hook/")};
};

TEST_F(WebhookSinkTest, PostsABatchThatTheSecretSignsAndNeverSendsIt) {
    auto const reports = deliver(sink, {{{"key", "a"}}, {{"key", "b"}}});

    ASSERT_EQ(reports.size(), 2U);
    EXPECT_EQ(reports[0].outcome, delivery_outcome::accepted);
    EXPECT_EQ(reports[1].outcome, delivery_outcome::accepted);
    ASSERT_EQ(server.requests().size(), 1U);
    auto const request = server.requests().at(0);
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.target, "/hook/");
    EXPECT_EQ(request.headers.find("Content-Type"), "application/json");
    EXPECT_FALSE(request.headers.find("Authorization"));
    // By `openssl dgst -sha256 -hmac k3y` over the body below.
    EXPECT_EQ(request.body, R"({"workspace":"oss stats","activities":[{"key":"a"},{"key":"b"}]})");
    EXPECT_EQ(request.headers.find("X-Signature-256"),
              "sha256=9860c17793e3c83fdf40b2e4d5aee6e5e5599469bdcb5ca300733e295a82b170");
}

TEST_F(WebhookSinkTest, AnySuccessTookThemAll) {
    server.answer_next(
        {.status = 200, .body = "<html>thanks</html>", .headers = {{"Content-Type", "text/html"}}});
    EXPECT_EQ(deliver(sink, {{{"key", "a"}}}).at(0).outcome, delivery_outcome::accepted);
}

TEST_F(WebhookSinkTest, ARefusalIsOneOfEveryActivityWithItsReason) {
    server.answer_next({.status = 422, .body = R"({"message": "no such workspace"})"});

    auto const reports = deliver(sink, {{{"key", "a"}}, {{"key", "b"}}});

    ASSERT_EQ(reports.size(), 2U);
    for (auto const& report : reports) {
        EXPECT_EQ(report.outcome, delivery_outcome::rejected);
        EXPECT_EQ(report.errors, "no such workspace");
    }
}

TEST_F(WebhookSinkTest, TakesAHundredAtAPaceWithItsOwnSecretOnly) {
    EXPECT_EQ(sink.batch_max(), 100U);
    EXPECT_TRUE(sink.is_paced());
    EXPECT_EQ(sink.key_rule(), key_rule::of_sink);
}

}  // namespace
}  // namespace conductor::workers
