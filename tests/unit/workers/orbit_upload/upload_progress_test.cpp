#include <orbit_upload/upload_progress.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace conductor::workers {

void PrintTo(upload_step const& step, std::ostream* out) {
    *out << static_cast<int>(step.next) << " after " << step.rest.count() << " s because of "
         << step.why.code.text << ": " << step.why.message;
}

namespace {

namespace json = boost::json;
using std::chrono::seconds;
using kind = upload_step::kind;

delivery_report report_of(delivery_outcome outcome) { return {.outcome = outcome}; }

delivery_report limited(std::optional<seconds> retry_after) {
    return {.outcome = delivery_outcome::limited,
            .why = {.code = codes::sink_rate_limited, .message = "429", .http_status = 429},
            .retry_after = retry_after};
}

delivery_report rejected_title() {
    return {.outcome = delivery_outcome::rejected,
            .why = {.code = codes::sink_rejected, .message = "refused", .http_status = 422},
            .errors = {{"custom_title", "can't be blank"}}};
}

upload_step const on{};

upload_step record(upload_progress& progress, delivery_report report, std::string key,
                   upload_request const& request) {
    std::vector<activity_report> reports;
    reports.push_back({std::move(key), std::move(report)});
    return progress.record(std::move(reports), request);
}

TEST(UploadProgressTest, CountsWhatBecameOfEachActivity) {
    upload_progress progress{4};
    upload_request const request;
    EXPECT_EQ(record(progress, report_of(delivery_outcome::created), "a", request), on);
    EXPECT_EQ(record(progress, report_of(delivery_outcome::duplicate), "b", request), on);
    EXPECT_EQ(record(progress, report_of(delivery_outcome::accepted), "c", request), on);

    EXPECT_FALSE(progress.finished());
    EXPECT_EQ(progress.next_index(), 3U);
    EXPECT_EQ(progress.to_output(), json::parse(R"({
        "posted": 2, "created": 1, "duplicates": 1, "failed": [], "next_index": 3, "total": 4,
        "requests": 3})")
                                        .as_object());
}

TEST(UploadProgressTest, IsFinishedAfterTheLast) {
    upload_progress progress{1};
    record(progress, report_of(delivery_outcome::duplicate), "a", {});

    EXPECT_TRUE(progress.finished());
    EXPECT_FALSE(progress.complaint());
}

TEST(UploadProgressTest, RestsAsLongAsTheSinkAsks) {
    upload_progress progress{2};

    auto const step = record(progress, limited(seconds{17}), "a", {});

    EXPECT_EQ(step.next, kind::rest);
    EXPECT_EQ(step.rest, seconds{17});
    EXPECT_EQ(step.why.code, codes::sink_rate_limited);
    EXPECT_EQ(progress.next_index(), 0U);
}

TEST(UploadProgressTest, RestsAMinuteWhenTheSinkDoesNotSay) {
    upload_progress progress{2};

    EXPECT_EQ(record(progress, limited(std::nullopt), "a", {}).rest, seconds{60});
}

TEST(UploadProgressTest, NeverAsksAgainAtOnce) {
    upload_progress progress{2};

    EXPECT_EQ(record(progress, limited(seconds{0}), "a", {}).rest, seconds{1});
}

TEST(UploadProgressTest, AWaitBeyondTheCapEndsTheTask) {
    upload_progress progress{2};
    upload_request request;
    request.max_wait = seconds{60};

    EXPECT_EQ(record(progress, limited(seconds{60}), "a", request).next, kind::rest);
    auto const step = record(progress, limited(seconds{61}), "a", request);

    EXPECT_EQ(step.next, kind::end);
    EXPECT_EQ(step.why.code, codes::sink_rate_limited);
    EXPECT_EQ(step.rest, seconds{61});
    EXPECT_NE(step.why.message.find("61 s"), std::string::npos);
}

TEST(UploadProgressTest, WaitsInPlaceOnceForOneActivity) {
    upload_progress progress{2};
    EXPECT_EQ(progress.patience(), patience_max);
    record(progress, limited(seconds{1}), "a", {});
    EXPECT_EQ(progress.patience(), patience_max);
    record(progress, limited(seconds{1}), "a", {});
    EXPECT_EQ(progress.patience(), seconds{0});
    record(progress, report_of(delivery_outcome::created), "a", {});
    EXPECT_EQ(progress.patience(), patience_max);
}

TEST(UploadProgressTest, AFailureEndsTheTaskAndCountsNothing) {
    upload_progress progress{2};
    fault const why{.code = codes::sink_upstream, .message = "503", .http_status = 503};

    auto const step = record(progress, {.outcome = delivery_outcome::failed, .why = why}, "a", {});

    EXPECT_EQ(step, (upload_step{.next = kind::end, .why = why}));
    EXPECT_EQ(progress.next_index(), 0U);
    EXPECT_EQ(progress.to_output().at("requests"), 1);
}

TEST(UploadProgressTest, ARejectedActivityEndsTheTaskByDefault) {
    upload_progress progress{2};
    record(progress, report_of(delivery_outcome::created), "a", {});

    auto const step = record(progress, rejected_title(), "b", {});

    EXPECT_EQ(step.next, kind::end);
    EXPECT_EQ(step.why.code, codes::sink_rejected);
    EXPECT_NE(step.why.message.find("/activities/1"), std::string::npos);
    EXPECT_NE(step.why.message.find("can't be blank"), std::string::npos);
    EXPECT_EQ(progress.next_index(), 1U);
    EXPECT_EQ(progress.to_output().at("failed"), json::parse(R"([{
        "index": 1, "key": "b", "http_status": 422,
        "errors": {"custom_title": "can't be blank"}}])"));
}

TEST(UploadProgressTest, ARejectedActivityIsPassedOverWhenAsked) {
    upload_progress progress{2};
    upload_request request;
    request.on_item_error = item_error_rule::go_on;

    EXPECT_EQ(record(progress, rejected_title(), "a", request), on);
    EXPECT_EQ(record(progress, report_of(delivery_outcome::created), "b", request), on);

    EXPECT_TRUE(progress.finished());
    EXPECT_FALSE(progress.complaint());
    EXPECT_EQ(progress.to_output().at("failed").as_array().size(), 1U);
}

TEST(UploadProgressTest, ComplainsWhenEveryActivityWasRejected) {
    upload_progress progress{2};
    upload_request request;
    request.on_item_error = item_error_rule::go_on;
    record(progress, rejected_title(), "a", request);
    record(progress, rejected_title(), "b", request);

    ASSERT_TRUE(progress.complaint());
    EXPECT_EQ(progress.complaint()->code, codes::sink_rejected);
}

TEST(UploadProgressTest, NoActivitiesAreNoComplaint) {
    upload_progress const progress{0};

    EXPECT_TRUE(progress.finished());
    EXPECT_FALSE(progress.complaint());
}

TEST(UploadProgressTest, GoesOnWhereItLeftOff) {
    upload_progress progress{5};
    upload_request request;
    request.on_item_error = item_error_rule::go_on;
    record(progress, report_of(delivery_outcome::created), "a", request);
    record(progress, report_of(delivery_outcome::duplicate), "b", request);
    record(progress, rejected_title(), "c", request);
    record(progress, limited(seconds{60}), "d", request);

    auto const resumed = upload_progress::resume(progress.to_output(), 5);

    EXPECT_EQ(resumed.next_index(), 3U);
    EXPECT_EQ(resumed.to_output(), progress.to_output());
    EXPECT_EQ(resumed.patience(), patience_max);
}

TEST(UploadProgressTest, BeginsAnewWithoutAUsableOutput) {
    auto const whole = json::parse(R"({
        "posted": 1, "created": 1, "duplicates": 0, "failed": [], "next_index": 1, "total": 2,
        "requests": 1})")
                           .as_object();
    ASSERT_EQ(upload_progress::resume(whole, 2).next_index(), 1U);

    EXPECT_EQ(upload_progress::resume({}, 2).next_index(), 0U);
    EXPECT_EQ(upload_progress::resume(whole, 3).next_index(), 0U);
    std::vector<std::pair<std::string, json::value>> const spoilt_members{
        {"next_index", 3},   {"next_index", -1}, {"posted", "1"},    {"created", nullptr},
        {"duplicates", 0.5}, {"requests", -1},   {"failed", "none"}, {"total", nullptr}};
    for (auto const& [name, spoilt] : spoilt_members) {
        auto changed = whole;
        changed[name] = spoilt;
        EXPECT_EQ(upload_progress::resume(changed, 2).next_index(), 0U) << name << " " << spoilt;
    }
}

TEST(UploadProgressTest, ABatchIsOneRequest) {
    upload_progress progress{3};

    auto const step = progress.record({{"a", report_of(delivery_outcome::created)},
                                       {"b", report_of(delivery_outcome::duplicate)}},
                                      {});

    EXPECT_EQ(step, on);
    EXPECT_EQ(progress.next_index(), 2U);
    EXPECT_EQ(progress.to_output().at("requests"), 1);
}

TEST(UploadProgressTest, WhatStandsBehindTheEndOfABatchIsNotCounted) {
    upload_progress progress{3};

    auto const step = progress.record({{"a", report_of(delivery_outcome::created)},
                                       {"b", rejected_title()},
                                       {"c", report_of(delivery_outcome::created)}},
                                      {});

    EXPECT_EQ(step.next, kind::end);
    EXPECT_NE(step.why.message.find("/activities/1"), std::string::npos);
    EXPECT_EQ(progress.next_index(), 1U);
    EXPECT_EQ(progress.to_output().at("posted"), 1);
}

TEST(UploadProgressTest, ABatchGoesOnBehindARejectedActivityWhenAsked) {
    upload_progress progress{3};
    upload_request request;
    request.on_item_error = item_error_rule::go_on;

    auto const step = progress.record(
        {{"a", rejected_title()}, {"b", report_of(delivery_outcome::created)}}, request);

    EXPECT_EQ(step, on);
    EXPECT_EQ(progress.next_index(), 2U);
    EXPECT_EQ(progress.to_output().at("failed").at(0).at("key"), "a");
}

TEST(UploadProgressTest, ADeliveryThatWasGivenUpComesAgain) {
    upload_progress progress{2};

    auto const step = record(progress, report_of(delivery_outcome::stopped), "a", {});

    EXPECT_EQ(step.next, kind::stop);
    EXPECT_EQ(progress.next_index(), 0U);
}

TEST(UploadProgressTest, SummaryTellsTheCounts) {
    upload_progress progress{3};
    record(progress, report_of(delivery_outcome::created), "a", {});
    record(progress, report_of(delivery_outcome::duplicate), "b", {});

    EXPECT_EQ(progress.summary(), "2 of 3 done: 1 posted, 1 duplicates, 0 rejected");
}

}  // namespace
}  // namespace conductor::workers
