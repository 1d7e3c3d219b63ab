#include "client_case.hpp"

#include "support/temporary_folder.hpp"

#include <filesystem>
#include <fstream>
#include <string>

namespace conductor::test {
namespace {

// A client whose files somebody renews, and a server that says whom it was shown.
class TlsContextReloadTest : public client_case {
protected:
    static void tell_subject(peer& client) {
        if (!client.start_tls()) return;
        while (!client.read_request().empty()) client.write(ok(client.client_subject()));
    }

    static void tell_subject_once(peer& client) {
        if (!client.start_tls()) return;
        client.read_request();
        client.write(ok(client.client_subject(), "Connection: close\r\n"));
    }

    // Puts a file in the other one's place at once, as whoever renews certificates does.
    void install(std::string const& source, std::string const& name) const {
        std::filesystem::copy_file(source, folder.path("new"));
        std::filesystem::rename(folder.path("new"), folder.path(name));
    }

    void install_own(std::string const& common_name) {
        auto const issued = authority.issue({common_name, ""});
        install(issued.cert_file, "own.crt");
        install(issued.key_file, "own.key");
    }

    http::client make_renewed_client() {
        install(authority.ca_file(), "ca.crt");
        install_own("first");
        return make_client({.tls = {.ca_file = folder.path("ca.crt"),
                                    .cert_file = folder.path("own.crt"),
                                    .key_file = folder.path("own.key")}});
    }

    temporary_folder folder;
    certificate_authority authority;
    identity shown = authority.issue({"localhost", "DNS:localhost"});
};

TEST_F(TlsContextReloadTest, ARenewedCertificateIsShownOnTheNextConnection) {
    scripted_server server(tell_subject_once, &shown);
    auto client = make_renewed_client();
    EXPECT_EQ(body_of(get(client, server.secure_url("localhost"))), "/CN=first");
    install_own("second");
    EXPECT_EQ(body_of(get(client, server.secure_url("localhost"))), "/CN=second");
}

TEST_F(TlsContextReloadTest, AKeptConnectionFromBeforeIsNotUsedAgain) {
    scripted_server server(tell_subject, &shown);
    auto client = make_renewed_client();
    get(client, server.secure_url("localhost"));
    EXPECT_EQ(body_of(get(client, server.secure_url("localhost"))), "/CN=first");
    EXPECT_EQ(server.connections(), 1u);
    install_own("second");
    EXPECT_EQ(body_of(get(client, server.secure_url("localhost"))), "/CN=second");
    get(client, server.secure_url("localhost"));
    EXPECT_EQ(server.connections(), 2u);
}

TEST_F(TlsContextReloadTest, AnAuthorityThatIsNotTrustedAnyMoreIsNotResumedEither) {
    scripted_server server(tell_subject_once, &shown);
    auto client = make_renewed_client();
    EXPECT_TRUE(get(client, server.secure_url("localhost")));
    certificate_authority const other;
    install(other.ca_file(), "ca.crt");
    auto const answer = get(client, server.secure_url("localhost"));
    ASSERT_FALSE(answer);
    EXPECT_NE(answer.error().detail.find("certificate"), std::string::npos);
}

TEST_F(TlsContextReloadTest, AnAuthorityThatIsNewIsTrusted) {
    certificate_authority other;
    auto const moved = other.issue({"localhost", "DNS:localhost"});
    scripted_server server(tell_subject_once, &moved);
    auto client = make_renewed_client();
    EXPECT_FALSE(get(client, server.secure_url("localhost")));
    install(other.ca_file(), "ca.crt");
    EXPECT_EQ(body_of(get(client, server.secure_url("localhost"))), "/CN=first");
}

// The certificate is there already, its key is not yet.
TEST_F(TlsContextReloadTest, HalfARenewalChangesNothingAndTheOtherHalfMakesItWhole) {
    scripted_server server(tell_subject_once, &shown);
    auto client = make_renewed_client();
    get(client, server.secure_url("localhost"));
    auto const issued = authority.issue({"second", ""});
    install(issued.cert_file, "own.crt");
    EXPECT_EQ(body_of(get(client, server.secure_url("localhost"))), "/CN=first");
    install(issued.key_file, "own.key");
    EXPECT_EQ(body_of(get(client, server.secure_url("localhost"))), "/CN=second");
}

TEST_F(TlsContextReloadTest, FilesThatCannotBeUsedAreNamedOnceTheOldOnesFail) {
    scripted_server server(
        [](peer& client) {
            if (client.number() == 0) tell_subject_once(client);
        },
        &shown);
    auto client = make_renewed_client();
    get(client, server.secure_url("localhost"));
    std::ofstream{folder.path("own.crt")} << "no certificate";
    auto const answer = get(client, server.secure_url("localhost"));
    ASSERT_FALSE(answer);
    auto const& detail = answer.error().detail;
    EXPECT_NE(detail.find("changed files are not in use"), std::string::npos) << detail;
    EXPECT_NE(detail.find("tls.cert_file " + folder.path("own.crt")), std::string::npos) << detail;
}

}  // namespace
}  // namespace conductor::test
