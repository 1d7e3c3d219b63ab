#include "client_case.hpp"

#include <atomic>
#include <string>

namespace conductor::test {
namespace {

class RedirectLoopbackTest : public client_case {};

std::string redirect_to(std::string const& location, int status = 302) {
    return "HTTP/1.1 " + std::to_string(status) + " Elsewhere\r\nLocation: " + location +
           "\r\nContent-Length: 0\r\n\r\n";
}

// Redirects /a to /b and answers everything else with the request.
void redirect_a_to_b(peer& client) {
    for (auto request = client.read_request(); !request.empty(); request = client.read_request())
        client.write(request.find(" /a ") != std::string::npos ? redirect_to("/b") : ok(request));
}

void echo(peer& client) {
    for (auto request = client.read_request(); !request.empty(); request = client.read_request())
        client.write(ok(request));
}

bool contains(std::string const& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

TEST_F(RedirectLoopbackTest, StaysOnItsConnectionWithinTheOrigin) {
    scripted_server server(redirect_a_to_b);
    auto client = make_client();
    auto const answer = send(
        client,
        {.url = server.url("/a"), .headers = {{"X-Authorization", "s3cret"}}, .redirects_max = 1});
    ASSERT_TRUE(answer) << answer.error().message();
    EXPECT_TRUE(contains(answer->body, "GET /b HTTP/1.1\r\n"));
    EXPECT_TRUE(contains(answer->body, "X-Authorization: s3cret"));
    EXPECT_EQ(answer->url, server.url("/b"));
    EXPECT_EQ(answer->redirects, 1u);
    EXPECT_EQ(server.connections(), 1u);
}

TEST_F(RedirectLoopbackTest, ACredentialNeverReachesAnotherOrigin) {
    scripted_server other(echo);
    scripted_server server([&](peer& client) {
        client.read_request();
        client.write(redirect_to(other.url("/b")));
    });
    auto client = make_client();
    auto const answer = send(client, {.url = server.url("/a"),
                                      .headers = {{"Authorization", "s3cret"},
                                                  {"X-Authorization", "s3cret"},
                                                  {"Cookie", "s3cret"},
                                                  {"Accept", "text/plain"}},
                                      .redirects_max = 1});
    ASSERT_TRUE(answer) << answer.error().message();
    EXPECT_FALSE(contains(answer->body, "s3cret")) << answer->body;
    EXPECT_TRUE(contains(answer->body, "Accept: text/plain"));
    EXPECT_EQ(answer->url, other.url("/b"));
}

TEST_F(RedirectLoopbackTest, AreNotFollowedUnasked) {
    scripted_server server(redirect_a_to_b);
    auto client = make_client();
    auto const answer = get(client, server.url("/a"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 302);
    EXPECT_EQ(answer->headers.find("Location"), "/b");
}

TEST_F(RedirectLoopbackTest, ACircleEnds) {
    std::atomic<int> requests = 0;
    scripted_server server([&](peer& client) {
        while (!client.read_request().empty()) {
            ++requests;
            client.write(redirect_to("/again"));
        }
    });
    auto client = make_client();
    auto const answer = send(client, {.url = server.url(), .redirects_max = 100});
    EXPECT_EQ(error_of(answer), errc::too_many_redirects);
    EXPECT_TRUE(answer.error().may_have_arrived);
    EXPECT_EQ(requests, 6);
}

TEST_F(RedirectLoopbackTest, AFailureOnTheWayNamesWhereItHappened) {
    auto const nowhere = "http://127.0.0.1:" + std::to_string(closed_port());
    scripted_server server([&](peer& client) {
        client.read_request();
        client.write(redirect_to(nowhere + "/x?token=s3cret", 303));
    });
    auto client = make_client();
    auto const answer = send(client, {.method = "POST", .url = server.url(), .redirects_max = 1});
    ASSERT_FALSE(answer);
    EXPECT_TRUE(contains(answer.error().detail, "GET " + nowhere + "/x: "));
    EXPECT_TRUE(answer.error().may_have_arrived);
}

}  // namespace
}  // namespace conductor::test
