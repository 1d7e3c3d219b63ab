#include "client_case.hpp"

#include "support/gzip.hpp"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace conductor::test {
namespace {

class ExchangeTest : public client_case {
protected:
    // What a client makes of these bytes, when the server closes behind them.
    result<http::response> answer_to(std::string const& bytes, http::client_options options = {}) {
        scripted_server server([&](peer& client) {
            client.read_request();
            client.write(bytes);
        });
        auto client = make_client(std::move(options));
        return get(client, server.url());
    }
};

std::string const chunked = "Transfer-Encoding: chunked\r\n";

std::string header(std::string const& lines) { return "HTTP/1.1 200 OK\r\n" + lines + "\r\n"; }

std::vector<std::string> canned_answers() {
    return {ok("hello, world"), header(chunked) + "5\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\n" + ok("hello, world"),
            ok(gzip("hello, world"), "Content-Encoding: gzip\r\n")};
}

TEST_F(ExchangeTest, AnAnswerCutAnywhereIsNeverTakenForWhole) {
    for (auto const& whole : canned_answers()) {
        // The connection's number says after how many bytes it ends.
        scripted_server server([&](peer& client) {
            client.read_request();
            client.write(std::string_view(whole).substr(0, client.number()));
        });
        auto client = make_client();
        for (std::size_t size = 0; size < whole.size(); ++size) {
            auto const answer = get(client, server.url());
            ASSERT_EQ(error_of(answer), errc::connection_closed) << size << " of " << whole;
            ASSERT_TRUE(answer.error().may_have_arrived);
        }
        EXPECT_EQ(body_of(get(client, server.url())), "hello, world");
    }
}

TEST_F(ExchangeTest, AResetAnywhereIsANetworkError) {
    auto const whole = ok("hello, world");
    scripted_server server([&](peer& client) {
        client.read_request();
        client.write(std::string_view(whole).substr(0, client.number()));
        client.reset();
    });
    auto client = make_client();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        auto const answer = get(client, server.url());
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().code, condition::network) << size;
    }
}

TEST_F(ExchangeTest, AnAnswerMayComeByteByByte) {
    for (auto const& whole : canned_answers()) {
        scripted_server server([&](peer& client) {
            client.read_request();
            for (char const byte : whole) client.write({&byte, 1});
            client.wait_for_close();
        });
        auto client = make_client();
        EXPECT_EQ(body_of(get(client, server.url())), "hello, world");
    }
}

TEST_F(ExchangeTest, InterimAnswersAreSkipped) {
    auto const answer = answer_to(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + ok("final"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "final");
    EXPECT_EQ(answer->headers.find("Link"), std::nullopt);
}

TEST_F(ExchangeTest, StatusesWithoutBodyKeepTheConnection) {
    scripted_server server([](peer& client) {
        client.read_request();
        client.write("HTTP/1.1 204 No Content\r\n\r\n");
        client.read_request();
        client.write("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n");
        client.read_request();
        client.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
        client.read_request();
        client.write(ok("end"));
    });
    auto client = make_client();
    EXPECT_EQ(get(client, server.url())->status, 204);
    EXPECT_EQ(get(client, server.url())->status, 304);
    auto const head = send(client, {.method = "HEAD", .url = server.url()});
    ASSERT_TRUE(head);
    EXPECT_EQ(head->headers.find("Content-Length"), "5");
    EXPECT_EQ(body_of(get(client, server.url())), "end");
    EXPECT_EQ(server.connections(), 1u);
}

TEST_F(ExchangeTest, ABodyMayEndWithTheConnection) {
    EXPECT_EQ(body_of(answer_to(header("") + "to the end")), "to the end");
}

TEST_F(ExchangeTest, BytesBehindAnAnswerEndTheConnection) {
    scripted_server server([](peer& client) {
        if (client.read_request().empty()) return;
        client.write(ok("asked") + ok("smuggled"));
        client.wait_for_close();
    });
    auto client = make_client();
    EXPECT_EQ(body_of(get(client, server.url())), "asked");
    EXPECT_EQ(body_of(get(client, server.url())), "asked");
    EXPECT_EQ(server.connections(), 2u);
}

TEST_F(ExchangeTest, MalformedAnswersAreToldApartFromBrokenConnections) {
    auto const answer = answer_to("SSH-2.0-OpenSSH\r\n\r\n");
    EXPECT_EQ(error_of(answer), errc::bad_response);
    auto const chunk = answer_to(header(chunked) + "x\r\nhello\r\n");
    EXPECT_EQ(error_of(chunk), errc::bad_response);
    EXPECT_NE(chunk.error().detail.find(": bad chunk"), std::string::npos) << chunk.error().detail;
}

TEST_F(ExchangeTest, LimitsHold) {
    http::client_options const small{.header_bytes_max = 500, .body_bytes_max = 1000};
    EXPECT_EQ(error_of(answer_to(ok("x", "A: " + std::string(500, 'a') + "\r\n"), small)),
              errc::header_too_large);
    EXPECT_EQ(error_of(answer_to(ok(std::string(1001, 'x')), small)), errc::body_too_large);
    EXPECT_EQ(
        error_of(answer_to(ok(gzip(std::string(5000, 'x')), "Content-Encoding: gzip\r\n"), small)),
        errc::body_too_large);
    EXPECT_EQ(body_of(answer_to(ok(std::string(1000, 'x')), small)), std::string(1000, 'x'));
}

TEST_F(ExchangeTest, ALargeAnswerArrivesWhole) {
    std::string body;
    for (int i = 0; body.size() < 5'000'000; ++i) body += std::to_string(i) + ",";
    auto const answer = answer_to(ok(body));
    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer->body == body);
}

TEST_F(ExchangeTest, ALargeRequestArrivesWhole) {
    std::string body;
    for (int i = 0; body.size() < 5'000'000; ++i) body += std::to_string(i) + ",";
    scripted_server server([&](peer& client) {
        auto const request = client.read_request();
        client.write(ok(request.ends_with("\r\n\r\n" + body) ? "whole" : "other"));
    });
    auto client = make_client();
    EXPECT_EQ(body_of(send(client, {.method = "POST", .url = server.url(), .body = body})),
              "whole");
}

TEST_F(ExchangeTest, AnAnswerInMidRequestCounts) {
    scripted_server server([](peer& client) {
        client.read_head();
        client.write("HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\n\r\nno");
    });
    auto client = make_client();
    auto const answer =
        send(client, {.method = "POST", .url = server.url(), .body = std::string(20'000'000, 'x')});
    ASSERT_TRUE(answer) << answer.error().message();
    EXPECT_EQ(answer->status, 413);
}

TEST_F(ExchangeTest, AServerThatClosesInMidRequestIsAnError) {
    scripted_server server([](peer& client) { client.read_head(); });
    auto client = make_client();
    auto const answer =
        send(client, {.method = "POST", .url = server.url(), .body = std::string(20'000'000, 'x')});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, condition::network);
    EXPECT_TRUE(answer.error().may_have_arrived);
}

class ExchangeDeadlineTest : public client_case {
protected:
    // Has the time limit end a request that the script leaves unfinished.
    result<http::response> late_answer(scripted_server::script script, http::request request) {
        scripted_server server(std::move(script));
        auto client = make_client();
        request.url = server.url();
        request.timeout = short_limit;
        return send(client, std::move(request));
    }
};

TEST_F(ExchangeDeadlineTest, CoversTheWaitForAnAnswer) {
    EXPECT_EQ(error_of(late_answer([](peer& client) { client.wait_for_close(); }, {})),
              errc::timed_out);
}

TEST_F(ExchangeDeadlineTest, CoversTheWholeAnswer) {
    auto const script = [](peer& client) {
        client.read_request();
        client.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel");
        client.wait_for_close();
    };
    EXPECT_EQ(error_of(late_answer(script, {})), errc::timed_out);
}

TEST_F(ExchangeDeadlineTest, IsNotExtendedByInterimAnswers) {
    auto const script = [](peer& client) {
        client.read_request();
        while (client.write("HTTP/1.1 102 Processing\r\n\r\n")) {
        }
    };
    EXPECT_EQ(error_of(late_answer(script, {})), errc::timed_out);
}

TEST_F(ExchangeDeadlineTest, CoversSending) {
    std::atomic<bool> has_ended = false;
    auto const script = [&](peer&) {
        while (!has_ended) std::this_thread::yield();
    };
    scripted_server server(script);
    auto client = make_client();
    auto const answer = send(client, {.method = "POST",
                                      .url = server.url(),
                                      .body = std::string(50'000'000, 'x'),
                                      .timeout = short_limit});
    has_ended = true;
    EXPECT_EQ(error_of(answer), errc::timed_out);
}

TEST_F(ExchangeDeadlineTest, ALateRequestMayHaveArrived) {
    scripted_server server([](peer& client) {
        client.read_request();
        client.write(ok("first"));
        client.wait_for_close();
    });
    auto client = make_client();
    ASSERT_EQ(body_of(get(client, server.url())), "first");
    auto const answer =
        send(client, {.url = server.url(), .timeout = std::chrono::milliseconds{1}});
    EXPECT_EQ(error_of(answer), errc::timed_out);
    EXPECT_TRUE(answer.error().may_have_arrived);
    EXPECT_EQ(server.connections(), 1u);
}

}  // namespace
}  // namespace conductor::test
