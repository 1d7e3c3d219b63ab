#include <orbit_upload/sink_answer.hpp>

#include <gtest/gtest.h>
#include <boost/asio/error.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <string>
#include <utility>
#include <vector>

namespace conductor::workers {
namespace {

namespace json = boost::json;
using std::chrono::seconds;

instant const answered_at = *parse_instant("1994-11-06T08:49:00Z");

std::optional<delivery_report> judge(int status, http::headers headers = {}) {
    return judge_status({.status = status, .headers = std::move(headers)}, answered_at);
}

TEST(JudgeStatusTest, KnowsWhatEverySinkMeansAlike) {
    std::vector<std::pair<int, std::string_view>> const meanings{{101, "SINK_UPSTREAM"},
                                                                 {301, "SINK_REDIRECT"},
                                                                 {307, "SINK_REDIRECT"},
                                                                 {401, "SINK_BAD_CREDENTIALS"},
                                                                 {403, "SINK_BAD_CREDENTIALS"},
                                                                 {408, "SINK_UPSTREAM"},
                                                                 {410, "SINK_GONE"},
                                                                 {429, "SINK_RATE_LIMITED"},
                                                                 {500, "SINK_UPSTREAM"},
                                                                 {503, "SINK_UPSTREAM"}};
    for (auto const& [status, code] : meanings) {
        auto const report = judge(status);
        ASSERT_TRUE(report) << status;
        EXPECT_EQ(report->why.code.text, code) << status;
        EXPECT_EQ(report->why.http_status, status);
        EXPECT_EQ(report->outcome,
                  status == 429 ? delivery_outcome::limited : delivery_outcome::failed);
    }
}

TEST(JudgeStatusTest, LeavesTheRestToTheSink) {
    for (int const status : {200, 201, 202, 204, 400, 404, 409, 413, 422})
        EXPECT_EQ(judge(status), std::nullopt) << status;
}

TEST(JudgeStatusTest, ReadsEveryFormOfAWait) {
    auto const wait = [](http::headers headers) {
        return judge(429, std::move(headers))->retry_after;
    };

    EXPECT_EQ(wait({{"Retry-After", "17"}}), seconds{17});
    EXPECT_EQ(wait({{"Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"}}), seconds{37});
    EXPECT_EQ(wait({{"Retry-After", "1994-11-06T08:49:41.500Z"}}), seconds{42});
    EXPECT_EQ(wait({{"Retry-After", "1994-11-06T08:48:00Z"}}), seconds{0});
    EXPECT_EQ(wait({{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "784111777"}}),
              seconds{38});
    EXPECT_EQ(wait({{"Retry-After", "soon"}}), std::nullopt);
    EXPECT_EQ(wait({}), std::nullopt);
}

TEST(JudgeFailureTest, NoConnectionIsANetworkFailure) {
    auto const report = judge_failure(
        {.code = boost::asio::error::connection_refused, .detail = "POST http://127.0.0.1/x"});

    EXPECT_EQ(report.outcome, delivery_outcome::failed);
    EXPECT_EQ(report.why.code, codes::sink_network);
    EXPECT_NE(report.why.message.find("POST http://127.0.0.1/x"), std::string::npos);
}

TEST(JudgeFailureTest, AnAnswerThatBreaksHttpIsTheSinks) {
    EXPECT_EQ(judge_failure({.code = errc::bad_response}).why.code, codes::sink_upstream);
    EXPECT_EQ(judge_failure({.code = errc::body_too_large}).why.code, codes::sink_upstream);
    EXPECT_EQ(judge_failure({.code = errc::timed_out}).why.code, codes::sink_network);
}

TEST(JudgeFailureTest, AStopIsNoFailure) {
    EXPECT_EQ(judge_failure({.code = errc::stopped}).outcome, delivery_outcome::stopped);
}

TEST(SinkAnswerTest, ReadsTheFirstMemberThatIsThere) {
    auto const body = json::parse(R"({"errors": null, "error": "no", "message": "m"})");

    EXPECT_EQ(first_member(body, {"errors", "error", "message"}), "no");
    EXPECT_EQ(first_member(body, {"message"}), "m");
    EXPECT_TRUE(first_member(body, {"reason"}).is_null());
    EXPECT_TRUE(first_member(json::parse("[1]"), {"errors"}).is_null());
}

delivery_report rejected_with(json::value errors) {
    return {.outcome = delivery_outcome::rejected,
            .why = {.code = codes::sink_rejected, .message = "refused"},
            .errors = std::move(errors)};
}

TEST(WithoutKeyTest, KeepsShortReasonsAsTheyAre) {
    auto const report = rejected_with(json::parse(R"({"base": ["no"]})"));

    EXPECT_EQ(without_key(report, secret{std::string{"k3y"}}), report);
}

TEST(WithoutKeyTest, NeverRepeatsTheKey) {
    auto report = rejected_with(json::parse(R"({"base": ["Bearer k3y is unknown", "k3y"]})"));
    report.why.message = "the sink said k3y";

    auto const shown = without_key(report, secret{std::string{"k3y"}});

    EXPECT_EQ(shown.why.message, "the sink said ***");
    EXPECT_EQ(json::serialize(shown.errors).find("k3y"), std::string::npos);
    EXPECT_NE(json::serialize(shown.errors).find("is unknown"), std::string::npos);
}

TEST(WithoutKeyTest, NeverRepeatsAKeyThatJsonEscapes) {
    std::string const key = "k\"3\\y";
    auto const shown = without_key(rejected_with({{"base", key}}), secret{std::string{key}});

    EXPECT_EQ(json::serialize(shown.errors).find("3"), std::string::npos);
}

TEST(WithoutKeyTest, CutsLongReasonsBetweenCharacters) {
    std::string text;
    while (text.size() < 5000) text += "ü";

    auto const shown = without_key(rejected_with(json::string{text}), secret{});

    auto const cut = std::string{shown.errors.as_string()};
    EXPECT_LT(cut.size(), 1010U);
    EXPECT_TRUE(cut.ends_with("ü…")) << cut;
}

}  // namespace
}  // namespace conductor::workers
