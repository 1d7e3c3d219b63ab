#include "http/request_head.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace conductor::http {
namespace {

std::string head_of(request const& asked, head_options const& options = {}) {
    std::string head = "left over";
    write_head(head, asked, parse_target(asked.url).value(), options);
    return head;
}

TEST(RequestHeadTest, WritesRequestLineAndHost) {
    EXPECT_EQ(head_of({.url = "http://h:81/a?b=c"}, {.accept_gzip = false}),
              "GET /a?b=c HTTP/1.1\r\nHost: h:81\r\n\r\n");
}

TEST(RequestHeadTest, WritesHeadersInOrder) {
    EXPECT_EQ(head_of({.url = "https://h/", .headers = {{"B", "2"}, {"A", "1"}}},
                      {.user_agent = "agent"}),
              "GET / HTTP/1.1\r\nHost: h\r\nB: 2\r\nA: 1\r\nUser-Agent: agent\r\n"
              "Accept-Encoding: gzip\r\n\r\n");
}

TEST(RequestHeadTest, TheRequestsOwnAgentAndEncodingWin) {
    auto const head = head_of(
        {.url = "http://h/", .headers = {{"user-agent", "mine"}, {"accept-encoding", "identity"}}},
        {.user_agent = "agent"});
    EXPECT_EQ(head,
              "GET / HTTP/1.1\r\nHost: h\r\nuser-agent: mine\r\naccept-encoding: identity\r\n\r\n");
}

TEST(RequestHeadTest, ABodyHasItsLength) {
    EXPECT_NE(head_of({.method = "DELETE", .url = "http://h/", .body = std::string(1234, 'x')})
                  .find("\r\nContent-Length: 1234\r\n"),
              std::string::npos);
}

TEST(RequestHeadTest, AnEmptyBodyHasALengthWhereOneIsUsual) {
    for (auto const* method : {"POST", "PUT", "PATCH"}) {
        EXPECT_NE(head_of({.method = method, .url = "http://h/"}).find("Content-Length: 0\r\n"),
                  std::string::npos)
            << method;
    }
    for (auto const* method : {"GET", "HEAD", "DELETE"}) {
        EXPECT_EQ(head_of({.method = method, .url = "http://h/"}).find("Content-Length"),
                  std::string::npos)
            << method;
    }
}

TEST(RequestHeadTest, AProxyGetsTheWholeUrlAndItsCredential) {
    auto const head =
        head_of({.url = "http://h:81/a?b"},
                {.accept_gzip = false, .absolute_form = true, .proxy_authorization = "Basic eDp5"});
    EXPECT_EQ(head,
              "GET http://h:81/a?b HTTP/1.1\r\nHost: h:81\r\nProxy-Authorization: Basic eDp5\r\n"
              "\r\n");
}

TEST(RequestHeadTest, AnOrdinaryRequestHasNoFault) {
    EXPECT_EQ(find_fault({.method = "PATCH",
                          .url = "",
                          .headers = {{"X-Authorization", "t0ken"}, {"Empty", ""}, {"T", "a\tb"}}}),
              std::nullopt);
}

struct faulty_request {
    std::string name;
    request asked;
};

void PrintTo(faulty_request const& faulty, std::ostream* out) { *out << faulty.name; }

faulty_request with_header(std::string name, header line) {
    request asked;
    asked.headers.add(std::move(line.name), std::move(line.value));
    return {std::move(name), std::move(asked)};
}

class FaultyRequestTest : public testing::TestWithParam<faulty_request> {};

TEST_P(FaultyRequestTest, IsRefusedWithoutRepeatingItsValue) {
    auto const fault = find_fault(GetParam().asked);
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->find("s3cret"), std::string::npos);
    EXPECT_EQ(fault->find('\n'), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    RequestHeadTest, FaultyRequestTest,
    testing::Values(
        faulty_request{"NoMethod", {.method = ""}},
        faulty_request{"MethodWithSpace", {.method = "GET /s3cret"}},
        faulty_request{"MethodWithNewLine", {.method = "GET\n"}},
        faulty_request{"Connect", {.method = "CONNECT"}}, with_header("NoName", {"", "s3cret"}),
        with_header("NameColon", {"a:", "v"}), with_header("NameNewLine", {"a\r\nb", "s3cret"}),
        with_header("NameSpace", {"a ", "v"}), with_header("ValueNewLine", {"a", "v\r\ns3cret: 1"}),
        with_header("ValueLineFeed", {"a", "v\ns3cret"}),
        with_header("ValueCarriageReturn", {"a", "v\rs3cret"}),
        with_header("ValueNul", {"a", std::string("v\0s3cret", 8)}),
        with_header("Host", {"host", "s3cret"}), with_header("Length", {"Content-Length", "1"}),
        with_header("Coding", {"Transfer-Encoding", "chunked"}),
        with_header("Connection", {"Connection", "close"}),
        with_header("Proxy", {"Proxy-Authorization", "s3cret"})),
    [](auto const& instance) { return instance.param.name; });

}  // namespace
}  // namespace conductor::http
