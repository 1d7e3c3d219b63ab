#include <orbit_upload/commonroom_activity.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <string>

namespace conductor::workers {
namespace {

namespace json = boost::json;

instant const new_year = *parse_instant("2026-01-01T00:00:00Z");

json::value body(std::string_view activity) {
    return json::parse(commonroom_body(json::parse(activity).as_object()));
}

TEST(CommonroomBodyTest, HoldsWhatTheActivityHolds) {
    EXPECT_EQ(body(R"({"occurred_at": "2024-05-01T10:00:00Z", "title": "starred", "key": "k",
                       "activity_type_key": "star:created", "link": "https://github.com/o/r",
                       "member": {"github": "ann"},
                       "identity": {"source": "github", "uid": "7", "username": "ann"}})"),
              json::parse(R"({"id": "k", "activityType": "starred",
                  "user": {"id": "7", "username": "ann",
                           "github": {"type": "handle", "value": "ann"}},
                  "timestamp": "2024-05-01T10:00:00Z",
                  "activityTitle": {"type": "text", "value": "starred"},
                  "url": "https://github.com/o/r"})"));
}

TEST(CommonroomBodyTest, LeavesOutWhatTheActivityLacks) {
    EXPECT_EQ(body(R"({"key": "k", "member": {"github": "ann"}})"),
              json::parse(R"({"id": "k", "activityType": "activity",
                  "user": {"id": "ann", "username": "ann",
                           "github": {"type": "handle", "value": "ann"}}})"));
    EXPECT_EQ(body(R"({"key": "k"})").at("user"), json::parse(R"({"id": "unknown"})"));
}

TEST(CommonroomBodyTest, AnAccountElsewhereIsNoGithubHandle) {
    EXPECT_EQ(
        body(R"({"key": "k", "identity": {"source": "gitlab", "username": "ann"}})").at("user"),
        json::parse(R"({"id": "ann", "username": "ann"})"));
}

TEST(CommonroomTypeTest, HasAWordForTheTypesOfThePipeline) {
    EXPECT_EQ(commonroom_type("star:created"), "starred");
    EXPECT_EQ(commonroom_type("fork:created"), "forked");
    EXPECT_EQ(commonroom_type("contributor:created"), "contributed");
    EXPECT_EQ(commonroom_type("Issue:Opened-2"), "issue_opened_2");
}

delivery_report read(int status, std::string body = {}, http::headers headers = {}) {
    return read_commonroom_answer(
        {.status = status, .headers = std::move(headers), .body = std::move(body)}, new_year);
}

TEST(CommonroomAnswerTest, TakesActivitiesWithoutSayingWhetherItHadThem) {
    EXPECT_EQ(read(202).outcome, delivery_outcome::accepted);
    EXPECT_EQ(read(200, "{}").outcome, delivery_outcome::accepted);
}

TEST(CommonroomAnswerTest, RefusesAnActivityWithItsReason) {
    for (int const status : {400, 422}) {
        auto const report = read(status, R"({"reason": "invalid-request-body", "docs": "…"})");
        EXPECT_EQ(report.outcome, delivery_outcome::rejected);
        EXPECT_EQ(report.why.code, codes::sink_rejected);
        EXPECT_EQ(report.errors, "invalid-request-body");
    }
}

TEST(CommonroomAnswerTest, HasNoSuchSource) {
    EXPECT_EQ(read(404, R"({"status": "not-found"})").why.code, codes::sink_not_found);
}

TEST(CommonroomAnswerTest, AWebPageIsNotTheApi) {
    EXPECT_EQ(read(200, "<html>").why.code, codes::sink_gone);
    EXPECT_EQ(read(404, "x", {{"Content-Type", "text/html"}}).why.code, codes::sink_gone);
}

TEST(CommonroomAnswerTest, ReadsItsOwnFormOfRetryAfter) {
    auto const report = read(429, "", {{"Retry-After", "2026-01-01T00:00:42.000Z"}});

    EXPECT_EQ(report.outcome, delivery_outcome::limited);
    EXPECT_EQ(report.retry_after, std::chrono::seconds{42});
}

}  // namespace
}  // namespace conductor::workers
