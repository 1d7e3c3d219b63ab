#include "support/manual_clock.hpp"

#include <daemon/health/admin_listener.hpp>

#include <conductor/config_error.hpp>
#include <conductor/error.hpp>

#include <gtest/gtest.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include <thread>

namespace conductor::test {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using daemon::admin_listener;

daemon::admin_answer echo(daemon::admin_request const& request) {
    return {200, "path " + request.path};
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

private:
    asio::io_context loop_;
    tcp::socket socket_;
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
    admin_listener listener{loop.get_executor(), {"127.0.0.1", 0}, clock, echo};
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
        admin_listener second{loop.get_executor(), listener.address(), clock, echo};
        FAIL() << "it listens twice";
    } catch (config_error const& error) {
        EXPECT_TRUE(std::string{error.what()}.starts_with("admin.listen: cannot listen on 127."))
            << error.what();
    }
}

}  // namespace
}  // namespace conductor::test
