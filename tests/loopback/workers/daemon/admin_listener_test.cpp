#include "support/manual_clock.hpp"

#include <daemon/health/admin_listener.hpp>

#include <conductor/config_error.hpp>
#include <conductor/error.hpp>

#include <gtest/gtest.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <atomic>
#include <optional>
#include <thread>
#include <utility>

namespace conductor::test {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using daemon::admin_listener;

daemon::admin_answer echo(daemon::admin_request const& request) {
    return {200, "path " + request.path + request.body};
}

daemon::admin_listener_options listening_on(std::uint16_t port) {
    return {.address = {"127.0.0.1", port}};
}

/** @brief A client of the test's, which blocks. */
class peer {
public:
    explicit peer(daemon::listen_address const& to) : socket_(loop_) {
        socket_.connect({asio::ip::make_address(to.host), to.port});
    }

    void send(std::string_view bytes) { asio::write(socket_, asio::buffer(bytes)); }
    /** @brief Everything up to the end of the connection. */
    std::string receive() {
        std::string answer;
        error_code end;
        asio::read(socket_, asio::dynamic_buffer(answer), end);
        return answer;
    }

    /** @brief Everything up to and with a mark, and perhaps more; all when it does not come. */
    std::string receive_until(std::string const& mark) {
        error_code end;
        asio::read_until(socket_, asio::dynamic_buffer(received_), mark, end);
        return std::exchange(received_, {});
    }

private:
    asio::io_context loop_;
    tcp::socket socket_;
    std::string received_;
};

class AdminListenerTest : public testing::Test {
protected:
    ~AdminListenerTest() override {
        loop.stop();
        thread.join();
    }

    std::string ask(std::string_view bytes) {
        peer client{listener.address()};
        client.send(bytes);
        return client.receive();
    }

    std::shared_ptr<manual_clock> clock = std::make_shared<manual_clock>();
    asio::io_context loop{1};
    admin_listener listener{loop.get_executor(), listening_on(0), clock, echo};
    std::thread thread{[this] { loop.run(); }};
};

TEST_F(AdminListenerTest, AnswersAGet) {
    auto const answer = ask("GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer;
    EXPECT_TRUE(answer.ends_with("\r\n\r\npath /x")) << answer;
}

TEST_F(AdminListenerTest, AnswersARequestThatComesInPieces) {
    peer client{listener.address()};
    client.send("GET /x HT");
    client.send("TP/1.1\r\n\r");
    client.send("\n");
    EXPECT_TRUE(client.receive().ends_with("path /x"));
}

TEST_F(AdminListenerTest, RefusesWhatItDoesNotDo) {
    EXPECT_TRUE(ask("POST / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 405 "));
    EXPECT_TRUE(ask("nonsense\r\n\r\n").starts_with("HTTP/1.1 400 "));
}

TEST_F(AdminListenerTest, RefusesAHeadThatDoesNotEnd) {
    EXPECT_TRUE(ask("GET / HTTP/1.1\r\n" + std::string(9000, 'a')).starts_with("HTTP/1.1 431 "));
}

TEST_F(AdminListenerTest, EndsAConnectionThatSaysNothing) {
    peer silent{listener.address()};
    ASSERT_TRUE(clock->wait_for_sleepers(1));
    clock->advance(std::chrono::seconds{5});
    EXPECT_EQ(silent.receive(), "");
}

TEST_F(AdminListenerTest, ManySilentPeersDoNotShutOthersOutForLong) {
    std::vector<std::unique_ptr<peer>> silent;
    for (int i = 0; i < 16; ++i) silent.push_back(std::make_unique<peer>(listener.address()));
    // The sixteen limits, and the wait for a free place.
    ASSERT_TRUE(clock->wait_for_sleepers(17));
    peer late{listener.address()};
    late.send("GET /late HTTP/1.1\r\n\r\n");
    clock->advance(std::chrono::seconds{5});
    EXPECT_TRUE(late.receive().ends_with("path /late"));
}

TEST_F(AdminListenerTest, AnAddressInUseIsAConfigurationError) {
    try {
        admin_listener second{loop.get_executor(), listening_on(listener.address().port), clock,
                              echo};
        FAIL() << "it listens twice";
    } catch (config_error const& error) {
        EXPECT_TRUE(std::string{error.what()}.starts_with("admin.listen: cannot listen on 127."))
            << error.what();
    }
}

// A listener that takes bodies, and whose answers to /stream go on.
class AdminStreamTest : public testing::Test {
protected:
    ~AdminStreamTest() override {
        loop.stop();
        thread.join();
    }

    daemon::admin_answer answer(daemon::admin_request const& request) {
        if (request.path != "/stream") return echo(request);
        return {.pieces = [this]() -> std::optional<std::string> {
            int const number = ++pieces;
            return number > pieces_max ? std::nullopt
                                       : std::optional{"piece " + std::to_string(number) + "\n"};
        }};
    }

    std::unique_ptr<peer> connect() { return std::make_unique<peer>(listener.address()); }
    std::unique_ptr<peer> open_stream() {
        auto made = connect();
        made->send("GET /stream HTTP/1.1\r\n\r\n");
        return made;
    }

    std::atomic<int> pieces = 0;
    std::atomic<int> pieces_max = 1000;
    std::shared_ptr<manual_clock> clock = std::make_shared<manual_clock>();
    asio::io_context loop{1};
    admin_listener listener{loop.get_executor(),
                            {.address = {"127.0.0.1", 0},
                             .key = "admin.control_listen",
                             .connections_max = 4,
                             .body_bytes_max = 10,
                             .streams_max = 2},
                            clock,
                            [this](auto const& request) { return answer(request); }};
    std::thread thread{[this] { loop.run(); }};
};

TEST_F(AdminStreamTest, ReadsABodyThatComesInPieces) {
    auto const client = connect();
    client->send("POST /x HTTP/1.1\r\nContent-Length: 10\r\n\r\n01");
    client->send("234");
    client->send("56789 and more");
    EXPECT_TRUE(client->receive().ends_with("path /x0123456789"));
}

TEST_F(AdminStreamTest, ReadsNoBodyThatIsTooLong) {
    auto const client = connect();
    client->send("POST /x HTTP/1.1\r\nContent-Length: 11\r\n\r\n01234567890");
    EXPECT_TRUE(client->receive().starts_with("HTTP/1.1 413 "));
}

TEST_F(AdminStreamTest, ABodyThatDoesNotComeEndsTheConnection) {
    auto const client = connect();
    client->send("POST /x HTTP/1.1\r\nContent-Length: 10\r\n\r\n0123");
    ASSERT_TRUE(clock->wait_for_sleepers(1));
    clock->advance(std::chrono::seconds{5});
    EXPECT_EQ(client->receive(), "");
}

TEST_F(AdminStreamTest, AnAnswerGoesOnForLongerThanAConnectionMayLast) {
    auto const client = open_stream();
    EXPECT_NE(client->receive_until("piece 1\n").find("HTTP/1.1 200 OK"), std::string::npos);
    for (int second = 2; second < 20; ++second) {
        // The limit of the connection, and the wait for the next piece.
        ASSERT_TRUE(clock->wait_for_sleepers(2));
        clock->advance(std::chrono::seconds{1});
        auto const piece = "piece " + std::to_string(second) + "\n";
        EXPECT_EQ(client->receive_until(piece), piece);
    }
    pieces_max = 0;
    ASSERT_TRUE(clock->wait_for_sleepers(2));
    clock->advance(std::chrono::seconds{1});
    EXPECT_EQ(client->receive(), "");
}

TEST_F(AdminStreamTest, OneTooManyIsRefusedAndOthersAreServed) {
    auto const first = open_stream();
    auto const second = open_stream();
    first->receive_until("piece");
    second->receive_until("piece");
    auto const refused = open_stream()->receive();
    EXPECT_TRUE(refused.starts_with("HTTP/1.1 503 ")) << refused;
    EXPECT_NE(refused.find("\r\nRetry-After: 10\r\n"), std::string::npos) << refused;
    auto const other = connect();
    other->send("GET /x HTTP/1.1\r\n\r\n");
    EXPECT_TRUE(other->receive().ends_with("path /x"));
}

TEST_F(AdminStreamTest, AHeadOfAStreamIsItsHead) {
    auto const client = connect();
    client->send("HEAD /stream HTTP/1.1\r\n\r\n");
    auto const head = client->receive();
    EXPECT_TRUE(head.starts_with("HTTP/1.1 200 OK") && head.ends_with("\r\n\r\n")) << head;
    EXPECT_EQ(pieces, 0);
}

TEST_F(AdminStreamTest, AStreamOfAPeerThatWentAwayLeavesItsPlace) {
    for (int round = 0; round < 6; ++round) {
        auto const client = open_stream();
        ASSERT_NE(client->receive_until("piece").find("HTTP/1.1 200 OK"), std::string::npos);
    }
}

}  // namespace
}  // namespace conductor::test
