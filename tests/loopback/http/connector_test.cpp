#include "client_case.hpp"

#include "name_service.hpp"

#include <string>
#include <vector>

namespace conductor::test {
namespace {

class ConnectorTest : public client_case {
protected:
    http::request late(std::string url) { return {.url = std::move(url), .timeout = short_limit}; }

    static void expect_not_arrived(result<http::response> const& answer, error_code expected) {
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().code, expected);
        EXPECT_FALSE(answer.error().may_have_arrived);
    }
};

std::string url_of(std::string const& host, std::uint16_t port) {
    return "http://" + host + ":" + std::to_string(port) + "/";
}

void answer(peer& client) { client.write(ok(client.read_request())); }

TEST_F(ConnectorTest, NobodyListens) {
    auto client = make_client();
    expect_not_arrived(get(client, url_of("127.0.0.1", closed_port())),
                       boost::asio::error::connection_refused);
}

TEST_F(ConnectorTest, AnUnknownNameIsAnErrorOfTheNameService) {
    auto client = make_client();
    auto const answer = get(client, "http://nowhere.test/");
    expect_not_arrived(answer, boost::asio::error::host_not_found);
    EXPECT_EQ(answer.error().detail, "GET http://nowhere.test:80/: resolving nowhere.test");
    EXPECT_EQ(answer.error().code, condition::network);
}

TEST_F(ConnectorTest, TriesOneAddressAfterTheOther) {
    scripted_server server(answer);
    name_service::instance().define("two.test", {"127.0.0.2", "127.0.0.1"});
    auto client = make_client();
    EXPECT_TRUE(get(client, url_of("two.test", server.port())));
}

TEST_F(ConnectorTest, LocalhostIsReachedOnEitherFamily) {
    scripted_server server(answer);
    auto client = make_client();
    EXPECT_TRUE(get(client, url_of("localhost", server.port())));
}

TEST_F(ConnectorTest, TheDeadlineCoversNameResolution) {
    name_service::instance().hold();
    auto client = make_client();
    auto const answer = send(client, late("http://slow.test/"));
    name_service::instance().release();
    expect_not_arrived(answer, errc::timed_out);
}

TEST_F(ConnectorTest, AStopEndsNameResolution) {
    name_service::instance().hold();
    auto client = make_client();
    auto const sent = start(client, {.url = "http://slow.test/"});
    loop.poll();
    sent->stop.emit(boost::asio::cancellation_type::terminal);
    EXPECT_EQ(error_of(answer_of(*sent)), errc::stopped);
    name_service::instance().release();
}

TEST_F(ConnectorTest, TheDeadlineCoversConnecting) {
    unresponsive_port const nowhere;
    auto client = make_client();
    expect_not_arrived(send(client, late(url_of("127.0.0.1", nowhere.port()))), errc::timed_out);
}

// Names that lead to this machine, and a server on it that nobody may reach by them.
class LocalAddressesTest : public ConnectorTest {
protected:
    error_code error_from(std::string url, http::local_addresses allowed) {
        auto client = make_client();
        auto const answer = send(client, {.url = std::move(url), .local_addresses = allowed});
        if (!answer) {
            EXPECT_FALSE(answer.error().may_have_arrived);
            EXPECT_NE(answer.error().detail.find("this machine"), std::string::npos)
                << answer.error().detail;
        }
        return error_of(answer);
    }

    scripted_server server{answer};
    std::uint16_t port = server.port();
};

TEST_F(LocalAddressesTest, ANameThatLeadsHereIsRefused) {
    std::vector<std::string> const addresses{"127.0.0.1", "169.254.169.254",  "::1", "fe80::1",
                                             "0.0.0.0",   "::ffff:127.0.0.1", "::"};
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        auto const name = "rebound-" + std::to_string(i) + ".test";
        name_service::instance().define(name, {addresses[i], "127.0.0.1"});
        EXPECT_EQ(error_from(url_of(name, port), http::local_addresses::as_written), errc::bad_url)
            << addresses[i];
    }
    EXPECT_EQ(server.connections(), 0u);
}

// The system's look-up reads these as addresses, as inet_aton(3) does.
TEST_F(LocalAddressesTest, AnOddSpellingOfAnAddressIsAName) {
    for (std::string const host : {"127.1", "2130706433", "0x7f000001", "0177.0.0.1"}) {
        name_service::instance().define(host, {"127.0.0.1"});
        EXPECT_EQ(error_from(url_of(host, port), http::local_addresses::as_written), errc::bad_url)
            << host;
    }
    EXPECT_EQ(server.connections(), 0u);
}

TEST_F(LocalAddressesTest, WhatIsWrittenOutIsNotRefused) {
    for (std::string const host : {"127.0.0.1", "localhost"})
        EXPECT_EQ(error_from(url_of(host, port), http::local_addresses::as_written), error_code{});
}

TEST_F(LocalAddressesTest, RefusedAreTheWrittenOnesToo) {
    name_service::instance().define("rebound.test", {"127.0.0.1"});
    for (std::string const host : {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]",
                                   "[fe80::1]", "169.254.169.254", "rebound.test"})
        EXPECT_EQ(error_from(url_of(host, port), http::local_addresses::refused), errc::bad_url)
            << host;
    EXPECT_EQ(server.connections(), 0u);
}

TEST_F(LocalAddressesTest, ARedirectIsHeldToTheSame) {
    scripted_server away([&](peer& client) {
        client.read_request();
        client.write("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " +
                     url_of("rebound.test", port) + "\r\n\r\n");
    });
    name_service::instance().define("rebound.test", {"127.0.0.1"});
    auto client = make_client();
    auto const answer = send(client, {.url = away.url(),
                                      .redirects_max = 3,
                                      .local_addresses = http::local_addresses::as_written});
    EXPECT_EQ(error_of(answer), errc::bad_url);
    EXPECT_EQ(server.connections(), 0u);
}

TEST_F(LocalAddressesTest, AConnectionThatOthersKeepIsNotShared) {
    scripted_server keeping{echo_request_lines};
    name_service::instance().define("rebound.test", {"127.0.0.1"});
    auto client = make_client();
    auto const url = url_of("rebound.test", keeping.port());
    EXPECT_TRUE(get(client, url));
    EXPECT_TRUE(get(client, url));
    EXPECT_EQ(keeping.connections(), 1u);
    auto const answer =
        send(client, {.url = url, .local_addresses = http::local_addresses::as_written});
    EXPECT_EQ(error_of(answer), errc::bad_url);
}

class ProxyLoopbackTest : public client_case {
protected:
    http::client_options via(scripted_server const& server) {
        auto const url = "http://user:pa%20ss@127.0.0.1:" + std::to_string(server.port());
        return {.tls = {.ca_file = authority.ca_file()}, .proxy = {.http = url, .https = url}};
    }

    // What a proxy's answer to CONNECT makes of a request.
    result<http::response> tunnel_answer(std::string const& bytes) {
        scripted_server proxy([&](peer& client) {
            client.read_request();
            client.write(bytes);
        });
        auto client = make_client(via(proxy));
        return get(client, "https://service.test/x?token=s3cret");
    }

    certificate_authority authority;
    std::string const credential = "Proxy-Authorization: Basic dXNlcjpwYSBzcw==\r\n";
};

TEST_F(ProxyLoopbackTest, PlainRequestsNameTheWholeUrl) {
    scripted_server proxy(answer);
    auto client = make_client(via(proxy));
    auto const body = body_of(get(client, "http://service.test:81/x?y"));
    EXPECT_TRUE(
        body.starts_with("GET http://service.test:81/x?y HTTP/1.1\r\n"
                         "Host: service.test:81\r\n"))
        << body;
    EXPECT_NE(body.find(credential), std::string::npos) << body;
}

TEST_F(ProxyLoopbackTest, SecureRequestsGoThroughATunnel) {
    auto const own = authority.issue({"service.test", "DNS:service.test"});
    std::string connect;
    scripted_server proxy(
        [&](peer& client) {
            connect = client.read_request();
            client.write("HTTP/1.1 200 Connection established\r\nContent-Length: 9\r\n\r\n");
            if (client.start_tls()) answer(client);
        },
        &own);
    auto client = make_client(via(proxy));
    auto const body = body_of(get(client, "https://service.test/x"));
    EXPECT_TRUE(
        connect.starts_with("CONNECT service.test:443 HTTP/1.1\r\n"
                            "Host: service.test:443\r\n"))
        << connect;
    EXPECT_NE(connect.find(credential), std::string::npos) << connect;
    EXPECT_TRUE(body.starts_with("GET /x HTTP/1.1\r\nHost: service.test\r\n")) << body;
    EXPECT_EQ(body.find("Proxy-Authorization"), std::string::npos) << body;
}

TEST_F(ProxyLoopbackTest, ARefusedTunnelIsTold) {
    auto const answer =
        tunnel_answer("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::proxy_refused);
    EXPECT_EQ(answer.error().detail, "GET https://service.test:443/x: HTTP 407");
    EXPECT_FALSE(answer.error().may_have_arrived);
}

TEST_F(ProxyLoopbackTest, NobodyElseMaySpeakInTheTunnel) {
    EXPECT_EQ(error_of(tunnel_answer("HTTP/1.1 200 OK\r\n\r\nhello")), errc::proxy_refused);
}

TEST_F(ProxyLoopbackTest, AProxyThatClosesIsANetworkError) {
    auto const answer = tunnel_answer("");
    EXPECT_EQ(error_of(answer), errc::connection_closed);
    EXPECT_FALSE(answer.error().may_have_arrived);
}

TEST_F(ProxyLoopbackTest, TheDeadlineCoversTheTunnel) {
    scripted_server proxy([](peer& client) { client.wait_for_close(); });
    auto client = make_client(via(proxy));
    EXPECT_EQ(error_of(send(client, {.url = "https://service.test/", .timeout = short_limit})),
              errc::timed_out);
}

TEST_F(ProxyLoopbackTest, LoopbackNeedsNoProxy) {
    scripted_server proxy([](peer& client) { client.wait_for_close(); });
    scripted_server server(answer);
    auto client = make_client(via(proxy));
    EXPECT_TRUE(get(client, server.url()));
    EXPECT_EQ(proxy.connections(), 0u);
}

}  // namespace
}  // namespace conductor::test
