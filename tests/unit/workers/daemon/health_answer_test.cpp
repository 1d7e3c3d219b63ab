#include "support/manual_clock.hpp"

#include <daemon/health/health_answer.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

namespace conductor::test {
namespace {

class HealthAnswerTest : public testing::Test {
protected:
    daemon::admin_answer ask(std::string const& path) {
        return daemon::answer_health({.path = path}, state);
    }

    std::shared_ptr<manual_clock> clock = std::make_shared<manual_clock>();
    daemon::health_state state{{{"a", 2}}, clock, [] { return token_state::good; }};
};

TEST_F(HealthAnswerTest, LiveIs200) {
    EXPECT_EQ(ask("/health/live").status, 200);
    EXPECT_EQ(boost::json::parse(ask("/health/live").body),
              (boost::json::value{{"status", "live"}, {"reasons", boost::json::array{}}}));
}

TEST_F(HealthAnswerTest, HungIs503) {
    clock->advance(std::chrono::hours{1});
    auto const answer = ask("/health/live");
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(boost::json::parse(answer.body).at("status"), "hung");
}

TEST_F(HealthAnswerTest, ReadySaysWhatEachTypeDoes) {
    state.on(events::polled{.type = "a", .tasks = 0});
    state.on(events::started{task{{{"taskId", "1"}, {"taskType", "a"}}}});
    clock->advance(std::chrono::milliseconds{1230});
    auto const answer = ask("/health/ready");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(boost::json::parse(answer.body), boost::json::parse(R"({"status": "ready",
        "token": "good", "types": {"a": {"slots": 2, "busy": 1, "last_poll_ms_ago": 1230}},
        "reasons": []})"));
}

TEST_F(HealthAnswerTest, NotReadyIs503WithTheReason) {
    failure const late{.code = errc::timed_out, .detail = "GET x\x1b[2J"};
    state.on(events::poll_failed{.type = "a", .error = late});
    auto const answer = ask("/health/ready");
    EXPECT_EQ(answer.status, 503);
    auto const body = boost::json::parse(answer.body);
    EXPECT_EQ(body.at("status"), "not ready");
    EXPECT_EQ(body.at("reasons").as_array().size(), 1U);
    std::string_view const error = body.at("types").at("a").at("last_error").as_string();
    EXPECT_NE(error.find("GET x\\x1B[2J"), std::string::npos) << error;
}

TEST_F(HealthAnswerTest, EverythingElseIsNotThere) {
    for (std::string const path : {"/", "/health", "/health/live/", "/health/LIVE"})
        EXPECT_EQ(ask(path).status, 404) << path;
}

}  // namespace
}  // namespace conductor::test
