#include <daemon/health/admin_request.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

using daemon::admin_request;
using daemon::parse_admin_request;

TEST(AdminRequestTest, ReadsPathAndMethod) {
    EXPECT_EQ(parse_admin_request("GET /health/live HTTP/1.1\r\nHost:  x \r\n\r\n"),
              (admin_request{0, false, "/health/live", "GET", {{"host", "x"}}}));
    EXPECT_EQ(parse_admin_request("HEAD /health/ready?verbose=1 HTTP/1.0\r\n\r\n"),
              (admin_request{0, true, "/health/ready"}));
}

struct refused {
    std::string name;
    std::string head;
    int status;
};

void PrintTo(refused const& one, std::ostream* out) { *out << one.name; }

class AdminRequestRefusalTest : public testing::TestWithParam<refused> {};

TEST_P(AdminRequestRefusalTest, SaysWhy) {
    EXPECT_EQ(parse_admin_request(GetParam().head + "\r\n\r\n").refusal, GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(
    All, AdminRequestRefusalTest,
    testing::Values(refused{"Empty", "", 400}, refused{"NoVersion", "GET /", 400},
                    refused{"NoPath", "GET  HTTP/1.1", 400},
                    refused{"AbsoluteTarget", "GET http://x/ HTTP/1.1", 400},
                    refused{"BlankInTarget", "GET /a b HTTP/1.1", 400},
                    refused{"ControlInTarget", "GET /a\x01 HTTP/1.1", 400},
                    refused{"NotHttp", "GET / SPDY/1", 400},
                    refused{"BareLineFeed", "GET / HTTP/1.1\nHost: x", 505},
                    refused{"Http2", "GET / HTTP/2.0", 505},
                    refused{"Post", "POST / HTTP/1.1", 405},
                    refused{"Body", "GET / HTTP/1.1\r\nContent-Length: 3", 413},
                    refused{"Chunked", "GET / HTTP/1.1\r\ntransfer-encoding: chunked", 413},
                    refused{"LineWithoutColon", "GET / HTTP/1.1\r\nnonsense", 400},
                    refused{"BlankInName", "GET / HTTP/1.1\r\nA b: c", 400},
                    refused{"ControlInValue", "GET / HTTP/1.1\r\nA: b\x01", 400},
                    refused{"FoldedLine", "GET / HTTP/1.1\r\nA: b\r\n c", 400}),
    [](auto const& one) { return one.param.name; });

TEST(AdminRequestTest, AnEmptyBodyIsNoBody) {
    EXPECT_EQ(parse_admin_request("GET / HTTP/1.1\r\nContent-Length: 0\r\n\r\n").refusal, 0);
}

TEST(AdminRequestTest, TakesAPostWhereBodiesAreTaken) {
    auto const post = [](std::string const& more, std::optional<std::size_t> bytes_max) {
        return parse_admin_request("POST /x HTTP/1.1\r\n" + more + "\r\n", bytes_max);
    };
    auto const taken = post("Content-Length: 10\r\n", 10);
    EXPECT_EQ(taken.refusal, 0);
    EXPECT_EQ(taken.method, "POST");
    EXPECT_EQ(taken.body_bytes, 10U);
    EXPECT_EQ(post("Content-Length: 0\r\n", std::nullopt).refusal, 405);
    EXPECT_EQ(post("", 10).refusal, 411);
    EXPECT_EQ(post("Content-Length: 11\r\n", 10).refusal, 413);
    EXPECT_EQ(post("Content-Length: 99999999999999999999\r\n", 10).refusal, 413);
    for (auto const* const length : {"", "-1", "+1", "1 1", "0x1", "ten"})
        EXPECT_EQ(post("Content-Length: " + std::string{length} + "\r\n", 10).refusal, 400);
    EXPECT_EQ(post("Content-Length: 1\r\nContent-Length: 1\r\n", 10).refusal, 400);
    EXPECT_EQ(post("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n", 10).refusal, 413);
}

TEST(AdminRequestTest, AGetTakesNoBodyEvenWhereBodiesAreTaken) {
    EXPECT_EQ(parse_admin_request("GET / HTTP/1.1\r\nContent-Length: 1\r\n\r\n", 10).refusal, 413);
    EXPECT_EQ(parse_admin_request("PUT / HTTP/1.1\r\nContent-Length: 1\r\n\r\n", 10).refusal, 405);
}

TEST(AdminRequestTest, AHeaderThatStandsTwiceIsNone) {
    auto const request = parse_admin_request("GET / HTTP/1.1\r\nA: 1\r\nB: 2\r\na: 3\r\n\r\n");
    EXPECT_EQ(request.header("b"), "2");
    EXPECT_EQ(request.header("a"), std::nullopt);
    EXPECT_EQ(request.header("c"), std::nullopt);
}

TEST(AdminHeadEndTest, FindsTheEmptyLine) {
    EXPECT_EQ(daemon::admin_head_end("GET / HTTP/1.1\r\n\r\nmore"), 18U);
    EXPECT_EQ(daemon::admin_head_end("GET / HTTP/1.1\r\n\r"), 0U);
}

TEST(AdminAnswerTest, TellsLengthAndClose) {
    EXPECT_EQ(daemon::to_bytes({200, "{}"}, false),
              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nCache-Control: no-store\r\n"
              "Connection: close\r\nContent-Length: 2\r\n\r\n{}");
    EXPECT_TRUE(daemon::to_bytes({503, "{}"}, true).ends_with("Content-Length: 2\r\n\r\n"));
    EXPECT_NE(daemon::to_bytes({405, ""}, false).find("Allow: GET, HEAD\r\n"), std::string::npos);
}

TEST(AdminAnswerTest, TellsFurtherLinesAndTheirEnd) {
    daemon::admin_answer const answer{.status = 303, .headers = {{"Location", "/"}, {"A", "b"}}};
    EXPECT_TRUE(daemon::to_bytes(answer, false)
                    .ends_with("\r\nLocation: /\r\nA: b\r\nContent-Length: 0\r\n\r\n"));
}

TEST(AdminAnswerTest, OneThatGoesOnTellsNoLength) {
    daemon::admin_answer const answer{.pieces = [] { return std::nullopt; }};
    EXPECT_TRUE(daemon::to_bytes(answer, false).ends_with("Connection: close\r\n\r\n"));
}

}  // namespace
}  // namespace conductor::test
