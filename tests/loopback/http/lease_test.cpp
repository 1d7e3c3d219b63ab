#include "client_case.hpp"

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace conductor::test {
namespace {

class LeaseTest : public client_case {};

TEST_F(LeaseTest, ManyRequestsShareFewConnections) {
    std::atomic<int> active = 0;
    std::atomic<int> most = 0;
    scripted_server server([&](peer& client) {
        while (!client.read_request().empty()) {
            most = std::max(most.load(), ++active);
            --active;
            client.write(ok("x"));
        }
    });
    auto client = make_client({.connections_per_origin_max = 3});
    std::vector<std::unique_ptr<sent_request>> sent;
    for (int i = 0; i < 200; ++i) sent.push_back(start(client, {.url = server.url()}));
    for (auto const& one : sent) EXPECT_EQ(body_of(answer_of(*one)), "x");
    EXPECT_EQ(server.connections(), 3u);
    EXPECT_LE(most, 3);
}

TEST_F(LeaseTest, WaitingIsInOrder) {
    std::vector<std::string> order;
    scripted_server server([&](peer& client) {
        for (auto request = client.read_request(); !request.empty();
             request = client.read_request()) {
            order.push_back(request.substr(4, 2));
            client.write(ok("x"));
        }
    });
    auto client = make_client({.connections_per_origin_max = 1});
    std::vector<std::unique_ptr<sent_request>> sent;
    for (auto const* path : {"/0", "/1", "/2", "/3", "/4"})
        sent.push_back(start(client, {.url = server.url(path)}));
    for (auto const& one : sent) answer_of(*one);
    EXPECT_EQ(order, (std::vector<std::string>{"/0", "/1", "/2", "/3", "/4"}));
}

TEST_F(LeaseTest, AClosedConnectionMakesRoomForTheNext) {
    scripted_server server([](peer& client) {
        client.read_request();
        client.write(ok("x", "Connection: close\r\n"));
    });
    auto client = make_client({.connections_per_origin_max = 1});
    std::vector<std::unique_ptr<sent_request>> sent;
    for (int i = 0; i < 5; ++i) sent.push_back(start(client, {.url = server.url()}));
    for (auto const& one : sent) EXPECT_EQ(body_of(answer_of(*one)), "x");
    EXPECT_EQ(server.connections(), 5u);
}

TEST_F(LeaseTest, AFailureMakesRoomForTheNext) {
    scripted_server server([](peer& client) {
        if (client.number() == 0) return;
        echo_request_lines(client);
    });
    auto client = make_client({.connections_per_origin_max = 1});
    auto const first = start(client, {.url = server.url()});
    auto const second = start(client, {.url = server.url("/2")});
    EXPECT_FALSE(answer_of(*first));
    EXPECT_EQ(body_of(answer_of(*second)), "GET /2 HTTP/1.1");
}

class LeaseWaitTest : public client_case {
protected:
    // Holds the only connection with a request that is answered when the test says so.
    LeaseWaitTest() { holder = start(client, {.url = server.url("/holder")}); }
    ~LeaseWaitTest() override { is_released = true; }

    std::atomic<bool> is_released = false;
    scripted_server server{[this](peer& client_side) {
        for (auto request = client_side.read_request(); !request.empty();
             request = client_side.read_request()) {
            while (!is_released) std::this_thread::yield();
            client_side.write(ok(request.substr(0, request.find("\r\n"))));
        }
    }};
    http::client client{loop.get_executor(), {.connections_per_origin_max = 1}};
    std::unique_ptr<sent_request> holder;
};

TEST_F(LeaseWaitTest, TheDeadlineCoversTheWait) {
    auto const answer = send(client, {.url = server.url(), .timeout = short_limit});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::timed_out);
    EXPECT_FALSE(answer.error().may_have_arrived);
    EXPECT_NE(answer.error().detail.find("waiting for a connection"), std::string::npos);
    EXPECT_EQ(server.connections(), 1u);
}

TEST_F(LeaseWaitTest, AStopEndsTheWait) {
    auto const waiting = start(client, {.url = server.url()});
    auto const behind = start(client, {.url = server.url("/behind")});
    loop.poll();
    waiting->stop.emit(boost::asio::cancellation_type::terminal);
    EXPECT_EQ(error_of(answer_of(*waiting)), errc::stopped);

    is_released = true;
    EXPECT_EQ(body_of(answer_of(*holder)), "GET /holder HTTP/1.1");
    EXPECT_EQ(body_of(answer_of(*behind)), "GET /behind HTTP/1.1");
    EXPECT_EQ(server.connections(), 1u);
}

TEST_F(LeaseWaitTest, OtherOriginsDoNotWait) {
    scripted_server other(echo_request_lines);
    EXPECT_EQ(body_of(get(client, other.url("/other"))), "GET /other HTTP/1.1");
}

}  // namespace
}  // namespace conductor::test
