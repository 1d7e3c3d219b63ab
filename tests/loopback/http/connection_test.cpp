#include "http/connection.hpp"

#include "client_case.hpp"

#include <boost/asio/ip/address.hpp>

#include <poll.h>

#include <chrono>
#include <string>

namespace conductor::test {
namespace {

namespace asio = boost::asio;

class ConnectionTest : public client_case {
protected:
    void connect(http::connection& link, scripted_server const& server) {
        link.socket().connect({asio::ip::address_v4::loopback(), server.port()});
        link.socket().non_blocking(true);
    }

    // Waits until something has arrived: bytes or the end.
    static void wait_for_arrival(http::connection& link) {
        pollfd readable{link.socket().native_handle(), POLLIN, 0};
        auto const limit = std::chrono::milliseconds(time_limit).count();
        ASSERT_EQ(::poll(&readable, 1, static_cast<int>(limit)), 1);
    }
};

TEST_F(ConnectionTest, IsUsableWhileThePeerIsSilent) {
    scripted_server server([](peer& client) { client.wait_for_close(); });
    http::connection link(loop.get_executor());
    connect(link, server);
    EXPECT_TRUE(link.seems_usable());
}

TEST_F(ConnectionTest, IsNotUsableOnceThePeerClosed) {
    scripted_server server([](peer&) {});
    http::connection link(loop.get_executor());
    connect(link, server);
    wait_for_arrival(link);
    EXPECT_FALSE(link.seems_usable());
}

TEST_F(ConnectionTest, IsNotUsableAfterAReset) {
    scripted_server server([](peer& client) { client.reset(); });
    http::connection link(loop.get_executor());
    connect(link, server);
    wait_for_arrival(link);
    EXPECT_FALSE(link.seems_usable());
}

TEST_F(ConnectionTest, IsNotUsableWithBytesThatNobodyAskedFor) {
    scripted_server server([](peer& client) {
        client.write("HTTP/1.1 408 Request Timeout\r\n\r\n");
        client.wait_for_close();
    });
    http::connection link(loop.get_executor());
    connect(link, server);
    wait_for_arrival(link);
    EXPECT_FALSE(link.seems_usable());
}

TEST_F(ConnectionTest, IsNotUsableWithBytesLeftFromBefore) {
    scripted_server server([](peer& client) { client.wait_for_close(); });
    http::connection link(loop.get_executor());
    connect(link, server);
    link.input().prepare();
    link.input().commit(1);
    EXPECT_FALSE(link.seems_usable());
}

TEST_F(ConnectionTest, SendsASmallRequestAtOnce) {
    scripted_server server([](peer& client) { client.write(ok(client.read_request())); });
    http::connection link(loop.get_executor());
    connect(link, server);
    http::unsent_bytes bytes("GET / HTTP/1.1\r\nContent-Length: 4\r\n\r\n", "data");
    EXPECT_FALSE(link.send_at_once(bytes));
    EXPECT_TRUE(bytes.is_empty());
}

TEST_F(ConnectionTest, LeavesWhatTheSystemDoesNotTakeAtOnce) {
    scripted_server server([](peer& client) {
        client.read_head();
        client.write(std::to_string(client.read_body(30'000'000)));
    });
    http::connection link(loop.get_executor());
    connect(link, server);
    std::string const body(30'000'000, 'x');
    http::unsent_bytes bytes("POST / HTTP/1.1\r\n\r\n", body);
    EXPECT_FALSE(link.send_at_once(bytes));
    EXPECT_TRUE(bytes.has_begun());
    EXPECT_FALSE(run_coroutine(loop, link.send(bytes)));
    EXPECT_TRUE(bytes.is_empty());
}

}  // namespace
}  // namespace conductor::test
