#include <daemon/health/admin_request.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

using daemon::admin_request;
using daemon::parse_admin_request;

TEST(AdminRequestTest, ReadsPathAndMethod) {
    EXPECT_EQ(parse_admin_request("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"),
              (admin_request{0, false, "/health/live"}));
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
                    refused{"FoldedLine", "GET / HTTP/1.1\r\nA: b\r\n c", 400}),
    [](auto const& one) { return one.param.name; });

TEST(AdminRequestTest, AnEmptyBodyIsNoBody) {
    EXPECT_EQ(parse_admin_request("GET / HTTP/1.1\r\nContent-Length: 0\r\n\r\n").refusal, 0);
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

}  // namespace
}  // namespace conductor::test
