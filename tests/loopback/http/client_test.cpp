#include "client_case.hpp"

#include <conductor/config_error.hpp>

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include <atomic>
#include <string>
#include <vector>

namespace conductor::test {
namespace {

using namespace std::chrono_literals;

class ClientTest : public client_case {};

TEST_F(ClientTest, GivesStatusHeadersBodyAndUrl) {
    scripted_server server([](peer& client) {
        client.read_request();
        client.write("HTTP/1.1 404 Not Found\r\nX-Tag: 1\r\nContent-Length: 4\r\n\r\ngone");
    });
    auto client = make_client();
    auto const answer = get(client, server.url("/a?b"));
    ASSERT_TRUE(answer) << answer.error().message();
    EXPECT_EQ(answer->status, 404);
    EXPECT_EQ(answer->headers.find("x-tag"), "1");
    EXPECT_EQ(answer->body, "gone");
    EXPECT_EQ(answer->url, server.url("/a?b"));
    EXPECT_EQ(answer->redirects, 0u);
}

TEST_F(ClientTest, SendsMethodTargetHeadersAndBody) {
    scripted_server server([](peer& client) { client.write(ok(client.read_request())); });
    auto client = make_client({.accept_gzip = false, .user_agent = "agent"});
    auto const answer = send(client, {.method = "POST",
                                      .url = server.url("/a?b=c"),
                                      .headers = {{"X-Tag", "1"}},
                                      .body = "data"});
    EXPECT_EQ(body_of(answer),
              "POST /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port()) +
                  "\r\nX-Tag: 1\r\nUser-Agent: agent\r\n"
                  "Content-Length: 4\r\n\r\ndata");
}

TEST_F(ClientTest, KeepsItsConnection) {
    scripted_server server(echo_request_lines);
    auto client = make_client();
    for (int i = 0; i < 10; ++i) {
        auto const path = "/" + std::to_string(i);
        EXPECT_EQ(body_of(get(client, server.url(path))), "GET " + path + " HTTP/1.1");
    }
    EXPECT_EQ(server.connections(), 1u);
}

TEST_F(ClientTest, ConcurrentRequestsHaveConnectionsOfTheirOwn) {
    scripted_server server(echo_request_lines);
    auto client = make_client();
    auto const first = start(client, {.url = server.url("/1")});
    auto const second = start(client, {.url = server.url("/2")});
    EXPECT_EQ(body_of(answer_of(*first)), "GET /1 HTTP/1.1");
    EXPECT_EQ(body_of(answer_of(*second)), "GET /2 HTTP/1.1");
    EXPECT_EQ(server.connections(), 2u);
}

// Sends so many requests one after the other and counts those that were not answered.
awaitable<void> send_many(http::client& client, http::request request, int count, int& failed) {
    for (int i = 0; i < count; ++i) {
        auto const answer = co_await client.send(request);
        if (!answer || answer->status != 200) ++failed;
    }
}

struct rethrow {
    void operator()(std::exception_ptr thrown) const {
        if (thrown) std::rethrow_exception(thrown);
    }
};

TEST_F(ClientTest, NobodyNoticesThatTheServerClosesAfterAHundredRequests) {
    scripted_server server([](peer& client) {
        for (int i = 1; i <= 100 && !client.read_request().empty(); ++i)
            client.write(ok("x", i == 100 ? "Connection: close\r\n" : ""));
    });
    auto client = make_client();
    int failed = 0;
    for (int i = 0; i < 10; ++i) {
        http::request request{.method = "POST", .url = server.url(), .body = "data"};
        boost::asio::co_spawn(loop, send_many(client, request, 100, failed), rethrow{});
    }
    loop.run_for(time_limit);
    EXPECT_EQ(failed, 0);
    EXPECT_TRUE(loop.stopped());
    EXPECT_GE(server.connections(), 10u);
}

TEST_F(ClientTest, AnUnannouncedCloseIsNotNoticedWhereRepeatingIsHarmless) {
    scripted_server server([](peer& client) {
        for (int i = 0; i < 7 && !client.read_request().empty(); ++i) client.write(ok("x"));
    });
    auto client = make_client();
    int failed = 0;
    for (int i = 0; i < 4; ++i) {
        http::request const request{.url = server.url()};
        boost::asio::co_spawn(loop, send_many(client, request, 100, failed), rethrow{});
    }
    loop.run_for(time_limit);
    EXPECT_EQ(failed, 0);
    EXPECT_TRUE(loop.stopped());
}

// Answers one request and ends the connection at the next one, unanswered.
void answer_once(peer& client) {
    client.read_request();
    client.write(ok("first"));
    client.read_request();
}

TEST_F(ClientTest, AKeptConnectionThatDiedIsReplaced) {
    scripted_server server(answer_once);
    auto client = make_client();
    get(client, server.url());
    EXPECT_EQ(body_of(get(client, server.url())), "first");
    EXPECT_EQ(server.connections(), 2u);
}

TEST_F(ClientTest, WhatMayHaveArrivedIsNotRepeatedUnasked) {
    scripted_server server(answer_once);
    auto client = make_client();
    get(client, server.url());
    auto const answer = send(client, {.method = "POST", .url = server.url()});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, condition::network);
    EXPECT_TRUE(answer.error().may_have_arrived);
    EXPECT_EQ(server.connections(), 1u);
}

TEST_F(ClientTest, TheCallerDecidesWhatIsRepeatable) {
    scripted_server server(answer_once);
    auto client = make_client();
    get(client, server.url());
    EXPECT_EQ(body_of(send(client, {.method = "POST", .url = server.url(), .repeatable = true})),
              "first");
    auto const poll = send(client, {.url = server.url(), .repeatable = false});
    EXPECT_FALSE(poll);
}

TEST_F(ClientTest, AFreshConnectionThatDiesIsAnError) {
    scripted_server server([](peer& client) { client.read_request(); });
    auto client = make_client();
    auto const answer = get(client, server.url());
    EXPECT_EQ(error_of(answer), errc::connection_closed);
    EXPECT_TRUE(answer.error().may_have_arrived);
    EXPECT_EQ(server.connections(), 1u);
}

TEST_F(ClientTest, OneThatRestedTooLongIsNotUsed) {
    scripted_server server(echo_request_lines);
    auto client = make_client({.idle_max = 0ms});
    get(client, server.url());
    get(client, server.url());
    EXPECT_EQ(server.connections(), 2u);
}

TEST_F(ClientTest, WithoutTimeNothingIsSent) {
    scripted_server server(echo_request_lines);
    auto client = make_client();
    get(client, server.url());
    auto const answer = send(client, {.url = server.url(), .timeout = 0ms});
    EXPECT_EQ(error_of(answer), errc::timed_out);
    EXPECT_FALSE(answer.error().may_have_arrived);
}

TEST_F(ClientTest, EndlessLimitsDoNotOverflow) {
    scripted_server server(echo_request_lines);
    auto client = make_client({.idle_max = std::chrono::milliseconds::max(),
                               .header_bytes_max = SIZE_MAX,
                               .body_bytes_max = SIZE_MAX});
    for (int i = 0; i < 2; ++i) {
        EXPECT_TRUE(
            send(client, {.url = server.url(), .timeout = std::chrono::milliseconds::max()}));
    }
    EXPECT_EQ(server.connections(), 1u);
}

TEST_F(ClientTest, ARefusedRequestTouchesNoSocket) {
    scripted_server server(echo_request_lines);
    auto client = make_client();
    EXPECT_EQ(error_of(get(client, "ftp://127.0.0.1/")), errc::bad_url);
    EXPECT_EQ(error_of(get(client, "http://u:p@127.0.0.1/")), errc::bad_url);
    EXPECT_EQ(error_of(send(client, {.url = server.url(), .headers = {{"A", "b\r\nC: d"}}})),
              errc::bad_header);
    EXPECT_EQ(error_of(send(client, {.method = "GET /x", .url = server.url()})), errc::bad_header);
    EXPECT_EQ(server.connections(), 0u);
}

TEST_F(ClientTest, AnErrorNamesTheRequestWithoutItsSecrets) {
    auto client = make_client();
    auto const port = std::to_string(closed_port());
    auto const answer = send(client, {.method = "PUT",
                                      .url = "http://127.0.0.1:" + port + "/a/b?token=s3cret",
                                      .headers = {{"Authorization", "s3cret"}},
                                      .body = "s3cret"});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, boost::system::errc::connection_refused);
    EXPECT_EQ(answer.error().detail,
              "PUT http://127.0.0.1:" + port + "/a/b: connecting to 127.0.0.1:" + port);
    EXPECT_FALSE(answer.error().may_have_arrived);
}

TEST_F(ClientTest, OptionsThatCannotBeUsedAreRefusedAtOnce) {
    EXPECT_THROW(make_client({.connections_per_origin_max = 0}), config_error);
    EXPECT_THROW(make_client({.user_agent = "a\r\nB: c"}), config_error);
    EXPECT_THROW(make_client({.proxy = {.http = "socks5://p"}}), config_error);
}

TEST_F(ClientTest, TheLoopEndsThoughConnectionsAreKept) {
    scripted_server server(echo_request_lines);
    auto client = make_client();
    auto const sent = start(client, {.url = server.url()});
    loop.run_for(time_limit);
    EXPECT_TRUE(loop.stopped());
    EXPECT_TRUE(sent->answer.has_value());
}

TEST_F(ClientTest, AClientMayGoBeforeItsRequest) {
    scripted_server server(echo_request_lines);
    std::unique_ptr<sent_request> sent;
    {
        auto client = make_client();
        sent = start(client, {.url = server.url("/x")});
    }
    EXPECT_EQ(body_of(answer_of(*sent)), "GET /x HTTP/1.1");
}

class ClientStopTest : public client_case {
protected:
    // Stops a request that will not end of itself, once something has happened.
    template <class Condition>
    void expect_stop(http::client& client, http::request request, Condition const& has_happened) {
        auto const sent = start(client, std::move(request));
        ASSERT_TRUE(run_until(has_happened));
        EXPECT_FALSE(sent->answer.has_value());
        sent->stop.emit(boost::asio::cancellation_type::terminal);
        EXPECT_EQ(error_of(answer_of(*sent)), errc::stopped);
    }
};

TEST_F(ClientStopTest, WhileWaitingForAnAnswer) {
    std::atomic<bool> has_request = false;
    std::atomic<bool> is_closed = false;
    scripted_server server([&](peer& client) {
        client.read_request();
        has_request = true;
        client.wait_for_close();
        is_closed = true;
    });
    auto client = make_client();
    expect_stop(client, {.url = server.url()}, [&] { return has_request.load(); });
    EXPECT_TRUE(run_until([&] { return is_closed.load(); }));
}

TEST_F(ClientStopTest, WhileConnecting) {
    unresponsive_port const nowhere;
    auto client = make_client();
    int turns = 0;
    expect_stop(client, {.url = "http://127.0.0.1:" + std::to_string(nowhere.port())},
                [&] { return ++turns > 3; });
}

TEST_F(ClientStopTest, BeforeItBegan) {
    scripted_server server(echo_request_lines);
    auto client = make_client();
    auto const sent = start(client, {.url = server.url()});
    sent->stop.emit(boost::asio::cancellation_type::terminal);
    try {
        EXPECT_EQ(error_of(answer_of(*sent)), errc::stopped);
    } catch (boost::system::system_error const& error) {
        // A newer Asio throws this in our place: it does not even begin the coroutine.
        EXPECT_EQ(error.code(), boost::asio::error::operation_aborted);
    }
}

TEST_F(ClientStopTest, TheClientGoesOnWithOtherRequests) {
    std::atomic<bool> has_request = false;
    scripted_server server([&](peer& client) {
        auto const request = client.read_request();
        has_request = true;
        if (client.number() == 0) client.wait_for_close();
        client.write(ok("later"));
    });
    auto client = make_client({.connections_per_origin_max = 1});
    expect_stop(client, {.url = server.url()}, [&] { return has_request.load(); });
    EXPECT_EQ(body_of(get(client, server.url())), "later");
}

// What a caller does after a stopped request still works: the stop is a result, not an exception.
awaitable<bool> send_and_go_on(http::client& client, http::request request) {
    co_await boost::asio::this_coro::throw_if_cancelled(false);
    auto const answer = co_await client.send(std::move(request));
    bool const throws = co_await boost::asio::this_coro::throw_if_cancelled();
    co_return error_of(answer) == errc::timed_out && !throws;
}

TEST_F(ClientStopTest, TheCallersOwnChoiceIsPutBack) {
    scripted_server server([](peer& client) { client.wait_for_close(); });
    auto client = make_client();
    EXPECT_TRUE(
        run_coroutine(loop, send_and_go_on(client, {.url = server.url(), .timeout = short_limit})));
}

TEST(ClientLifetimeTest, ALoopMayGoInMidRequest) {
    std::atomic<bool> has_request = false;
    scripted_server server([&](peer& client) {
        client.read_request();
        has_request = true;
        client.wait_for_close();
    });
    sent_request sent;
    sent_request waiting;
    boost::asio::io_context loop{1};
    http::client client(loop.get_executor(), {.connections_per_origin_max = 1});
    boost::asio::co_spawn(loop, client.send({.url = server.url()}),
                          sent_request::note_answer{&sent});
    boost::asio::co_spawn(loop, client.send({.url = server.url()}),
                          sent_request::note_answer{&waiting});
    while (!has_request) loop.run_one_for(5ms);
    EXPECT_FALSE(sent.answer.has_value());
}

}  // namespace
}  // namespace conductor::test
