#include "export_answer.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace conductor::tracing {
namespace {

using namespace std::chrono_literals;

export_answer read(int status, std::string body = {}, http::headers headers = {}) {
    return read_answer(
        http::response{.status = status, .headers = std::move(headers), .body = std::move(body)});
}

TEST(ExportAnswerTest, AnySuccessTakesTheBatch) {
    EXPECT_EQ(read(200, "{}"), export_answer{});
    EXPECT_EQ(read(202, R"({"partialSuccess":{}})"), export_answer{});
    EXPECT_EQ(read(200, "not json"), export_answer{});
}

TEST(ExportAnswerTest, CountsTheSpansThatWereRefusedAllTheSame) {
    export_answer const refused{.refused = 3, .error = "the receiver refused some spans"};

    EXPECT_EQ(read(200, R"({"partialSuccess":{"rejectedSpans":"3","errorMessage":"x"}})"), refused);
    EXPECT_EQ(read(200, R"({"partialSuccess":{"rejectedSpans":3}})"), refused);
    EXPECT_EQ(read(200, R"({"partialSuccess":{"rejectedSpans":"-3"}})"), export_answer{});
}

TEST(ExportAnswerTest, WhatMayPassIsSentAgain) {
    for (int const status : {429, 502, 503, 504}) {
        EXPECT_EQ(read(status).fate, batch_fate::again) << status;
        EXPECT_EQ(read(status).wait, std::nullopt);
    }
    auto const down = read_answer(failure{.code = errc::timed_out, .detail = "POST http://x"});
    EXPECT_EQ(down.fate, batch_fate::again);
    EXPECT_NE(down.error.find("POST http://x"), std::string::npos);
}

TEST(ExportAnswerTest, WhatCannotBeSentIsNotTriedAgain) {
    for (auto const code : {errc::bad_header, errc::bad_url})
        EXPECT_EQ(read_answer(failure{.code = code}).fate, batch_fate::refused);
}

TEST(ExportAnswerTest, OtherStatusesRefuseTheBatch) {
    for (int const status : {301, 400, 401, 404, 413, 500, 501})
        EXPECT_EQ(read(status, "what it says may hold what we sent"),
                  (export_answer{.fate = batch_fate::refused,
                                 .error = "HTTP " + std::to_string(status)}));
}

TEST(ExportAnswerTest, HonoursTheWaitThatIsAskedFor) {
    EXPECT_EQ(read(503, {}, {{"Retry-After", "7"}}).wait, 7s);
    EXPECT_EQ(read(429, {}, {{"retry-after", "999999999"}}).wait, 3600s);
    EXPECT_EQ(read(429, {}, {{"Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT"}}).wait, std::nullopt);
    EXPECT_EQ(read(429, {}, {{"Retry-After", "-1"}}).wait, std::nullopt);
}

}  // namespace
}  // namespace conductor::tracing
