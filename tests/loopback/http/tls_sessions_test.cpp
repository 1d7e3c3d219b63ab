#include "client_case.hpp"

#include <string>

namespace conductor::test {
namespace {

class TlsSessionsTest : public client_case {
protected:
    // Serves one request on each connection, and tells whether it resumed a session.
    static void tell(peer& client) {
        if (!client.start_tls()) return;
        client.read_request();
        client.write(ok(client.has_resumed() ? "resumed" : "whole", "Connection: close\r\n"));
    }

    http::client make_trusting_client() {
        return make_client({.tls = {.ca_file = authority.ca_file()}});
    }

    certificate_authority authority;
    identity own = authority.issue({"localhost", "DNS:localhost,IP:127.0.0.1"});
};

TEST_F(TlsSessionsTest, TheSecondConnectionResumesTheFirstOnesSession) {
    scripted_server server(tell, &own);
    auto client = make_trusting_client();
    EXPECT_EQ(body_of(get(client, server.secure_url("localhost"))), "whole");
    EXPECT_EQ(body_of(get(client, server.secure_url("localhost"))), "resumed");
    EXPECT_EQ(body_of(get(client, server.secure_url("localhost"))), "resumed");
    EXPECT_EQ(server.connections(), 3u);
}

TEST_F(TlsSessionsTest, AConnectionThatWasCutOffDoesNotSpoilItsSession) {
    scripted_server server(
        [](peer& client) {
            if (!client.start_tls()) return;
            client.read_request();
            client.write(ok(client.has_resumed() ? "resumed" : "whole"));
            client.read_request();
        },
        &own);
    auto client = make_trusting_client();
    EXPECT_EQ(body_of(get(client, server.secure_url("localhost"))), "whole");
    EXPECT_EQ(body_of(get(client, server.secure_url("localhost"))), "resumed");
}

TEST_F(TlsSessionsTest, ASessionIsOfferedToItsOwnOriginOnly) {
    scripted_server server(tell, &own);
    scripted_server other(tell, &own);
    auto client = make_trusting_client();
    EXPECT_EQ(body_of(get(client, server.secure_url("localhost"))), "whole");
    // The same server would take the session, whatever name it is called by.
    EXPECT_EQ(body_of(get(client, server.secure_url("127.0.0.1"))), "whole");
    EXPECT_EQ(body_of(get(client, other.secure_url("localhost"))), "whole");
}

TEST_F(TlsSessionsTest, ClientsShareNoSession) {
    scripted_server server(tell, &own);
    auto first = make_trusting_client();
    auto second = make_trusting_client();
    EXPECT_EQ(body_of(get(first, server.secure_url("localhost"))), "whole");
    EXPECT_EQ(body_of(get(second, server.secure_url("localhost"))), "whole");
}

TEST_F(TlsSessionsTest, AFailedHandshakeIsFollowedByAWholeOne) {
    scripted_server server(
        [](peer& client) {
            if (client.number() != 1) tell(client);
        },
        &own);
    auto client = make_trusting_client();
    EXPECT_EQ(body_of(get(client, server.secure_url("localhost"))), "whole");
    EXPECT_FALSE(get(client, server.secure_url("localhost")));
    EXPECT_EQ(body_of(get(client, server.secure_url("localhost"))), "whole");
}

}  // namespace
}  // namespace conductor::test
