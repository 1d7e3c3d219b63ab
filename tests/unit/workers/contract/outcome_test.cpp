#include <contract/outcome.hpp>

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include <stdexcept>

namespace conductor::workers {
namespace {

namespace json = boost::json;

TEST(OutcomeTest, PassingCodeFailsTheTask) {
    auto const got = fail({codes::gh_upstream, "bad gateway", 502}, {{"requests", 3}});
    EXPECT_EQ(got.status(), task_status::failed);
    EXPECT_EQ(got.reason(), "GH_UPSTREAM: bad gateway");
    EXPECT_EQ(json::serialize(got.output()),
              R"({"requests":3,"error":{"code":"GH_UPSTREAM","http_status":502,)"
              R"("message":"bad gateway"}})");
}

TEST(OutcomeTest, TerminalCodeFailsTheTaskForGood) {
    auto const got = fail({codes::bad_input, "/gh_repo: is required"});
    EXPECT_EQ(got.status(), task_status::failed_with_terminal_error);
    EXPECT_EQ(got.reason(), "BAD_INPUT: /gh_repo: is required");
    EXPECT_TRUE(got.output().at("error").at("http_status").is_null());
}

TEST(OutcomeTest, TellsWhenItMayWorkAgain) {
    fault const limited{.code = codes::gh_rate_limited,
                        .message = "quota used up",
                        .http_status = 429,
                        .retry_at = *parse_instant("2024-10-01T23:37:37Z")};
    EXPECT_EQ(error_json(limited).at("retry_at").as_string(), "2024-10-01T23:37:37Z");
}

TEST(OutcomeTest, HandsBackWithProgress) {
    auto const got = hand_back({codes::gh_rate_limited, "quota used up", 403},
                               std::chrono::seconds{90}, {{"next_index", 7}});
    EXPECT_EQ(got.status(), task_status::in_progress);
    EXPECT_EQ(got.delay(), std::chrono::seconds{90});
    EXPECT_EQ(got.output().at("next_index").as_int64(), 7);
    EXPECT_EQ(got.output().at("waiting").at("code").as_string(), "GH_RATE_LIMITED");
    EXPECT_FALSE(got.output().contains("error"));
}

TEST(OutcomeTest, NeverHandsBackForNoTimeAtAll) {
    auto const got = hand_back({codes::gh_rate_limited}, std::chrono::seconds{-3}, {});
    EXPECT_EQ(got.delay(), std::chrono::seconds{1});
}

TEST(OutcomeTest, ValueOfAFaultThrowsItsReason) {
    outcome<int> const got = fault{codes::gh_network, "connection refused"};
    EXPECT_THROW(got.value(), std::runtime_error);
}

}  // namespace
}  // namespace conductor::workers
