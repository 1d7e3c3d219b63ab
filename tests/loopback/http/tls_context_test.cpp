#include "client_case.hpp"

#include "http/tls_context.hpp"

#include <string>
#include <string_view>

#include <unistd.h>

namespace conductor::test {
namespace {

// What somebody would type, in the place of the program's standard input.
class typed_text {
public:
    explicit typed_text(std::string_view text) : kept_(::dup(STDIN_FILENO)) {
        int ends[2];
        if (::pipe(ends) != 0) return;
        EXPECT_EQ(::write(ends[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
        ::dup2(ends[0], STDIN_FILENO);
        ::close(ends[0]);
        ::close(ends[1]);
    }
    typed_text(typed_text const&) = delete;
    typed_text& operator=(typed_text const&) = delete;
    ~typed_text() {
        ::dup2(kept_, STDIN_FILENO);
        ::close(kept_);
    }

private:
    int kept_;
};

class TlsContextTest : public client_case {
protected:
    http::client_options trusting(certificate_authority const& trusted) {
        return {.tls = {.ca_file = trusted.ca_file()}};
    }

    // Asks a server with this certificate, by the name of localhost.
    result<http::response> ask(certificate_request const& certificate) {
        auto const shown = authority.issue(certificate);
        scripted_server server(greet, &shown);
        auto client = make_client(trusting(authority));
        return get(client, server.secure_url("localhost"));
    }

    static void greet(peer& client) {
        if (!client.start_tls()) return;
        while (!client.read_request().empty()) client.write(ok(client.server_name()));
    }

    static void expect_complaint(result<http::response> const& answer, std::string const& text) {
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().code, condition::network);
        EXPECT_NE(answer.error().detail.find(text), std::string::npos) << answer.error().detail;
        EXPECT_FALSE(answer.error().may_have_arrived);
    }

    certificate_authority authority;
    identity own = authority.issue({"localhost", "DNS:localhost,IP:127.0.0.1"});
};

TEST_F(TlsContextTest, VerifiesTheNameAndSendsIt) {
    scripted_server server(greet, &own);
    auto client = make_client(trusting(authority));
    EXPECT_EQ(body_of(get(client, server.secure_url("localhost"))), "localhost");
}

TEST_F(TlsContextTest, VerifiesAnAddressAndSendsNoName) {
    scripted_server server(greet, &own);
    auto client = make_client(trusting(authority));
    EXPECT_EQ(body_of(get(client, server.secure_url("127.0.0.1"))), "");
}

TEST_F(TlsContextTest, KeepsItsConnection) {
    scripted_server server(greet, &own);
    auto client = make_client(trusting(authority));
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(get(client, server.secure_url("localhost")));
    EXPECT_EQ(server.connections(), 1u);
}

TEST_F(TlsContextTest, AnotherNameIsRefused) {
    expect_complaint(ask({"localhost", "DNS:other.test"}), "hostname mismatch");
    expect_complaint(ask({"localhost", "DNS:*.localhost"}), "hostname mismatch");
}

TEST_F(TlsContextTest, AnotherAddressIsRefused) {
    auto const other = authority.issue({"127.0.0.1", "IP:127.0.0.2,DNS:127.0.0.1"});
    scripted_server server(greet, &other);
    auto client = make_client(trusting(authority));
    expect_complaint(get(client, server.secure_url("127.0.0.1")), "IP address mismatch");
}

TEST_F(TlsContextTest, AnUnknownAuthorityIsRefused) {
    certificate_authority const other;
    scripted_server server(greet, &own);
    auto client = make_client(trusting(other));
    expect_complaint(get(client, server.secure_url("localhost")), "certificate");
}

TEST_F(TlsContextTest, TheSystemsAuthoritiesDoNotKnowOurs) {
    scripted_server server(greet, &own);
    auto client = make_client();
    expect_complaint(get(client, server.secure_url("localhost")), "certificate");
}

TEST_F(TlsContextTest, OutsideItsTimeACertificateIsRefused) {
    expect_complaint(ask({"localhost", "DNS:localhost", -10, -1}), "certificate has expired");
    expect_complaint(ask({"localhost", "DNS:localhost", 1, 10}), "not yet valid");
}

TEST_F(TlsContextTest, ShowsItsOwnCertificate) {
    auto const mine = authority.issue({"worker-7", ""});
    scripted_server server(
        [](peer& client) {
            if (!client.start_tls()) return;
            client.read_request();
            client.write(ok(client.client_subject()));
        },
        &own);
    auto options = trusting(authority);
    options.tls.cert_file = mine.cert_file;
    options.tls.key_file = mine.key_file;
    auto client = make_client(options);
    EXPECT_EQ(body_of(get(client, server.secure_url("localhost"))), "/CN=worker-7");
}

TEST_F(TlsContextTest, AFileThatCannotBeReadIsNamed) {
    scripted_server server(greet, &own);
    auto client = make_client({.tls = {.ca_file = "/nowhere/ca.pem"}});
    expect_complaint(get(client, server.secure_url("localhost")), "tls.ca_file /nowhere/ca.pem");
    auto options = trusting(authority);
    options.tls.cert_file = "/nowhere/own.pem";
    auto second = make_client(options);
    expect_complaint(get(second, server.secure_url("localhost")), "tls.cert_file /nowhere/own.pem");
}

TEST_F(TlsContextTest, AKeyWithAPasswordIsRefusedAndAsksNobody) {
    scripted_server server(greet, &own);
    auto options = trusting(authority);
    options.tls.cert_file = own.cert_file;
    options.tls.key_file = authority.locked_key_file(own);
    auto client = make_client(options);
    typed_text const password("open\nopen\n");
    expect_complaint(get(client, server.secure_url("localhost")),
                     "tls.key_file " + options.tls.key_file);
}

TEST_F(TlsContextTest, AnOriginWithoutAHostIsNobody) {
    http::tls_context context(http::tls_options{.ca_file = authority.ca_file()});
    boost::asio::ip::tcp::socket socket(loop);
    auto const stream = context.make_stream(socket, {true, "", 443});
    ASSERT_FALSE(stream);
    EXPECT_EQ(stream.error().code, errc::bad_url);
}

// What holds when a setting was lost on the way.
TEST_F(TlsContextTest, APeerThatWasNotVerifiedIsRefusedAfterTheHandshakeToo) {
    boost::asio::ssl::context careless(boost::asio::ssl::context::tls_client);
    careless.set_verify_mode(boost::asio::ssl::verify_none);
    scripted_server server(greet, &own);
    boost::asio::ip::tcp::socket socket(loop);
    socket.connect({boost::asio::ip::make_address("127.0.0.1"), server.port()});
    http::tls_stream stream(socket, careless);
    EXPECT_TRUE(http::check_peer(stream).failed());
    stream.handshake(boost::asio::ssl::stream_base::client);
    EXPECT_EQ(http::check_peer(stream), condition::network);
}

TEST_F(TlsContextTest, PlainRequestsReadNoFile) {
    scripted_server server([](peer& client) {
        client.read_request();
        client.write(ok("plain"));
    });
    auto client = make_client({.tls = {.ca_file = "/nowhere/ca.pem"}});
    EXPECT_EQ(body_of(get(client, server.url())), "plain");
}

TEST_F(TlsContextTest, AServerWithoutTlsIsRefused) {
    scripted_server server([](peer& client) {
        client.write("HTTP/1.1 400 Bad Request\r\n\r\n");
        client.wait_for_close();
    });
    auto client = make_client(trusting(authority));
    expect_complaint(get(client, server.secure_url("localhost")), "TLS handshake");
}

TEST_F(TlsContextTest, OldProtocolsAreRefused) {
    scripted_server server(
        [](peer& client) {
            client.allow_only_tls_1_1();
            EXPECT_FALSE(client.start_tls());
        },
        &own);
    auto client = make_client(trusting(authority));
    expect_complaint(get(client, server.secure_url("localhost")), "TLS handshake");
}

TEST_F(TlsContextTest, TheDeadlineCoversTheHandshake) {
    scripted_server server([](peer& client) { client.wait_for_close(); });
    auto client = make_client(trusting(authority));
    auto const answer =
        send(client, {.url = server.secure_url("localhost"), .timeout = short_limit});
    EXPECT_EQ(error_of(answer), errc::timed_out);
    EXPECT_FALSE(answer.error().may_have_arrived);
}

TEST_F(TlsContextTest, LargeBodiesGoBothWays) {
    std::string const body(3'000'000, 'x');
    scripted_server server(
        [](peer& client) {
            if (!client.start_tls()) return;
            auto const request = client.read_request();
            client.write(ok(request.substr(request.find("\r\n\r\n") + 4)));
        },
        &own);
    auto client = make_client(trusting(authority));
    auto const answer =
        send(client, {.method = "POST", .url = server.secure_url("localhost"), .body = body});
    EXPECT_TRUE(body_of(answer) == body);
}

TEST_F(TlsContextTest, AnEndWithoutFarewellIsNoEnd) {
    scripted_server server(
        [](peer& client) {
            if (!client.start_tls()) return;
            client.read_request();
            client.write("HTTP/1.1 200 OK\r\n\r\nhalf of a bo");
        },
        &own);
    auto client = make_client(trusting(authority));
    EXPECT_EQ(error_of(get(client, server.secure_url("localhost"))), errc::connection_closed);
}

TEST_F(TlsContextTest, AKeptConnectionThatDiedIsReplaced) {
    scripted_server server(
        [](peer& client) {
            if (!client.start_tls()) return;
            client.read_request();
            client.write(ok("x"));
            client.read_request();
        },
        &own);
    auto client = make_client(trusting(authority));
    EXPECT_TRUE(get(client, server.secure_url("localhost")));
    EXPECT_EQ(body_of(get(client, server.secure_url("localhost"))), "x");
    EXPECT_EQ(server.connections(), 2u);
}

}  // namespace
}  // namespace conductor::test
