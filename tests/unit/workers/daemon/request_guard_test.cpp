#include <daemon/control/request_guard.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

using daemon::request_guard;

daemon::admin_request request(std::string const& more, std::string const& method = "GET") {
    return daemon::parse_admin_request(
        method + " / HTTP/1.1\r\nContent-Length: 0\r\n" + more + "\r\n", 10);
}

bool serves(request_guard const& guard, std::string const& host) {
    return guard.is_for_this_site(request("Host: " + host + "\r\n"));
}

TEST(RequestGuardTest, ServesNumericAddressesAndItsOwnNames) {
    request_guard const guard{{"0.0.0.0", 9992}, {"Workers.example"}};
    for (auto const* const host : {"10.0.0.7:9992", "10.0.0.7", "[::1]:9992", "[fe80::1]",
                                   "workers.example", "WORKERS.example:443"})
        EXPECT_TRUE(serves(guard, host)) << host;
}

TEST(RequestGuardTest, ServesNoNameThatAnotherMayLeadHere) {
    request_guard const guard{{"127.0.0.1", 9992}, {"workers.example"}};
    for (auto const* const host :
         {"evil.example:9992", "127.0.0.1.evil.example", "workers.example.evil.example",
          "evil-workers.example", "", ":9992", "127.0.0.1:1:2", "::1", "[evil.example]",
          "localhost.", "localhost.evil.example", "127.0.0.1@evil.example", "[::1]evil.example",
          "127.0.0.1:80@evil.example", "[::1]:9/evil.example", "[::1%lo]",
          "[::%]:evil.example [::%]:2"})
        EXPECT_FALSE(serves(guard, host)) << host;
}

TEST(RequestGuardTest, ServesLocalhostOnLoopbackAlone) {
    EXPECT_TRUE(serves({{"127.0.0.1", 1}, {}}, "localhost:1"));
    EXPECT_TRUE(serves({{"::1", 1}, {}}, "LOCALHOST"));
    EXPECT_FALSE(serves({{"0.0.0.0", 1}, {}}, "localhost:1"));
}

TEST(RequestGuardTest, ServesNoRequestWithoutOneHost) {
    request_guard const guard{{"127.0.0.1", 9992}, {}};
    EXPECT_FALSE(guard.is_for_this_site(request("")));
    EXPECT_FALSE(guard.is_for_this_site(request("Host: 127.0.0.1\r\nHost: 127.0.0.1\r\n")));
}

TEST(RequestGuardTest, TellsWhatAnotherSitesPageAsksInTheBackground) {
    auto const is_from_another = [](std::string const& more, std::string const& method = "GET") {
        return request_guard::is_from_another_site(request(more, method));
    };
    EXPECT_TRUE(is_from_another("Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n"));
    EXPECT_TRUE(is_from_another("Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors\r\n"));
    EXPECT_TRUE(is_from_another("Sec-Fetch-Site: cross-site\r\n"));
    EXPECT_TRUE(
        is_from_another("Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: navigate\r\n", "POST"));
    EXPECT_FALSE(is_from_another("Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"));
    EXPECT_FALSE(is_from_another("Sec-Fetch-Site: same-origin\r\n", "POST"));
    EXPECT_FALSE(is_from_another("Sec-Fetch-Site: none\r\n"));
    EXPECT_FALSE(is_from_another(""));
}

TEST(RequestGuardTest, AFormIsOwnByItsOriginAlone) {
    auto const is_own = [](std::string const& more) {
        return request_guard::is_from_own_page(request("Host: 127.0.0.1:9992\r\n" + more, "POST"));
    };
    EXPECT_TRUE(is_own("Origin: http://127.0.0.1:9992\r\n"));
    EXPECT_TRUE(is_own("Origin: https://127.0.0.1:9992\r\n"));
    for (auto const* const origin :
         {"http://127.0.0.1:80", "http://127.0.0.1", "http://evil.example", "null", "",
          "http://127.0.0.1:9992.evil.example", "ftp://127.0.0.1:9992"})
        EXPECT_FALSE(is_own("Origin: " + std::string{origin} + "\r\n")) << origin;
    EXPECT_FALSE(is_own("Referer: http://127.0.0.1:9992/\r\n"));
}

}  // namespace
}  // namespace conductor::test
