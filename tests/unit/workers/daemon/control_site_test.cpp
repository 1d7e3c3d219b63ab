#include "some_status.hpp"

#include "support/manual_clock.hpp"

#include <daemon/control/control_site.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <optional>

namespace conductor::test {
namespace {

using daemon::admin_answer;
using headers = std::vector<std::pair<std::string, std::string>>;

constexpr char the_token[] = "the-token-of-the-page";

std::string header_of(admin_answer const& answer, std::string_view name) {
    for (auto const& [key, value] : answer.headers)
        if (key == name) return value;
    return {};
}

// A site, and the requests of a browser at http://127.0.0.1:9992.
class ControlSiteTest : public testing::Test {
protected:
    explicit ControlSiteTest(bool has_token = true)
        : site(std::make_shared<daemon::control_site>(daemon::control_site::parts{
              .facts = [this] { return facts; },
              .set_paused =
                  [this](std::string const& type, bool paused) {
                      if (type != "star_filter") return false;
                      asked.push_back((paused ? "pause " : "resume ") + type);
                      return true;
                  },
              .who = has_token ? who : nullptr,
              .guard = daemon::request_guard{{"127.0.0.1", 9992}, {}}})) {}

    static daemon::admin_request request(std::string method, std::string path, headers lines,
                                         std::string body = {}) {
        daemon::admin_request out{.path = std::move(path), .method = std::move(method)};
        out.headers = std::move(lines);
        out.body = std::move(body);
        return out;
    }
    admin_answer get(std::string path, headers more = {}) {
        more.emplace_back("host", "127.0.0.1:9992");
        if (!cookie.empty()) more.emplace_back("cookie", "other=1; " + cookie);
        return site->answer(request("GET", std::move(path), std::move(more)));
    }
    admin_answer post(std::string path, std::string body) {
        headers lines{{"host", "127.0.0.1:9992"}, {"origin", origin}};
        if (origin.empty()) lines.pop_back();
        if (!cookie.empty()) lines.emplace_back("cookie", cookie);
        return site->answer(request("POST", std::move(path), std::move(lines), std::move(body)));
    }
    admin_answer call(std::string path, std::string body, std::string const& authorization) {
        return site->answer(request("POST", std::move(path),
                                    {{"host", "127.0.0.1:9992"}, {"authorization", authorization}},
                                    std::move(body)));
    }
    void log_in() {
        auto const set = header_of(post("/login", "token=" + std::string{the_token}), "Set-Cookie");
        cookie = set.substr(0, set.find(';'));
    }

    daemon::status_facts facts = some_status();
    std::vector<std::string> asked;
    std::string origin = "http://127.0.0.1:9992";
    std::string cookie;
    int keys = 0;
    std::string token = the_token;
    std::shared_ptr<manual_clock> clock = std::make_shared<manual_clock>();
    std::shared_ptr<daemon::logins> who = std::make_shared<daemon::logins>(
        [this]() -> result<workers::secret> { return workers::secret{token}; }, clock,
        [this] { return "key-" + std::to_string(++keys); });
    std::shared_ptr<daemon::control_site> site;
};

class OpenControlSiteTest : public ControlSiteTest {
protected:
    OpenControlSiteTest() : ControlSiteTest(false) {}
};

TEST_F(OpenControlSiteTest, ShowsTheFactsToWhoeverReachesIt) {
    auto const page = get("/");
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(page.type.starts_with("text/html"));
    EXPECT_NE(page.body.find("star_filter"), std::string::npos);
    EXPECT_EQ(page.body.find("<form"), std::string::npos);
    auto const status = get("/status");
    EXPECT_EQ(status.status, 200);
    EXPECT_EQ(boost::json::parse(status.body).at("types").at(0).at("completed"), 1234);
    EXPECT_EQ(get("/page.css").status, 200);
    EXPECT_EQ(get("/page.js").status, 200);
    EXPECT_EQ(get("/login").status, 404);
    EXPECT_EQ(get("/health/live").status, 404);
}

TEST_F(OpenControlSiteTest, LetsNobodyChangeAnything) {
    for (auto const* const path : {"/pause", "/resume", "/login", "/logout"})
        EXPECT_EQ(post(path, "type=star_filter").status, 403) << path;
    EXPECT_EQ(call("/pause", "type=star_filter", "Bearer anything").status, 403);
    EXPECT_TRUE(asked.empty());
}

TEST_F(OpenControlSiteTest, TellsAStreamOfItsFacts) {
    auto const answer = get("/events");
    EXPECT_EQ(answer.type, "text/event-stream");
    auto const piece = answer.pieces();
    ASSERT_TRUE(piece && piece->starts_with("data: {") && piece->ends_with("}\n\n")) << *piece;
    EXPECT_EQ(boost::json::parse(piece->substr(6)).at("state"), "ready");
    facts.state = "not ready";
    EXPECT_NE(answer.pieces()->find("\"state\":\"not ready\""), std::string::npos);
}

TEST_F(OpenControlSiteTest, ItsPagesStreamIsOneMessageOfManyLines) {
    auto const piece = *get("/events/page").pieces();
    EXPECT_EQ(piece.find("\n\n"), piece.size() - 2);
    for (std::size_t at = 0; at + 1 < piece.size(); at = piece.find('\n', at) + 1)
        EXPECT_EQ(piece.substr(at, 6), "data: ");
    EXPECT_NE(piece.find("data-live"), std::string::npos);
}

TEST_F(OpenControlSiteTest, EveryAnswerForbidsTheBrowserWhatThePageDoesNotNeed) {
    for (auto const* const path : {"/", "/status", "/events", "/page.js", "/elsewhere"}) {
        auto const answer = get(path);
        auto const policy = header_of(answer, "Content-Security-Policy");
        EXPECT_TRUE(policy.starts_with("default-src 'none'; ")) << path;
        EXPECT_EQ(policy.find("unsafe"), std::string::npos) << path;
        EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos) << path;
        EXPECT_NE(policy.find("form-action 'self'"), std::string::npos) << path;
        EXPECT_EQ(header_of(answer, "X-Content-Type-Options"), "nosniff") << path;
        EXPECT_EQ(header_of(answer, "Cross-Origin-Resource-Policy"), "same-origin") << path;
        EXPECT_EQ(header_of(answer, "Access-Control-Allow-Origin"), "") << path;
    }
}

TEST_F(OpenControlSiteTest, AnotherHostIsNotServed) {
    for (auto const* const host : {"evil.example", "evil.example:9992", ""})
        for (auto const* const path : {"/", "/status", "/events", "/page.css"})
            EXPECT_EQ(site->answer(request("GET", path, {{"host", host}})).status, 421) << path;
}

TEST_F(OpenControlSiteTest, AnotherSitesPageMayNotAsk) {
    EXPECT_EQ(get("/status", {{"sec-fetch-site", "cross-site"}}).status, 403);
    EXPECT_EQ(get("/", {{"sec-fetch-site", "cross-site"}, {"sec-fetch-mode", "navigate"}}).status,
              200);
}

TEST_F(ControlSiteTest, WithoutALoginNothingIsShown) {
    auto const page = get("/");
    EXPECT_EQ(page.status, 303);
    EXPECT_EQ(header_of(page, "Location"), "/login");
    for (auto const* const path : {"/status", "/events", "/events/page"}) {
        auto const answer = get(path);
        EXPECT_EQ(answer.status, 401) << path;
        EXPECT_FALSE(answer.pieces) << path;
        EXPECT_EQ(header_of(answer, "WWW-Authenticate"), "Bearer");
        EXPECT_EQ(answer.body.find("star_filter"), std::string::npos);
    }
    EXPECT_EQ(get("/login").status, 200);
    EXPECT_EQ(get("/page.css").status, 200);
}

TEST_F(ControlSiteTest, ALoginIsACookieThatNoOtherSitesRequestCarries) {
    auto const answer = post("/login", "token=" + std::string{the_token});
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(header_of(answer, "Location"), "/");
    EXPECT_EQ(header_of(answer, "Set-Cookie"),
              "conductor_workerd_login=key-1; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200");
    origin = "https://127.0.0.1:9992";
    EXPECT_TRUE(header_of(post("/login", "token=" + std::string{the_token}), "Set-Cookie")
                    .ends_with("; Secure"));
}

TEST_F(ControlSiteTest, AWrongTokenOpensNothing) {
    auto const answer = post("/login", "token=wrong");
    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(header_of(answer, "Set-Cookie"), "");
    EXPECT_NE(answer.body.find("This is not the token."), std::string::npos);
    EXPECT_EQ(answer.body.find("wrong"), std::string::npos);
    EXPECT_EQ(post("/login", "").status, 403);
    for (int i = 0; i < 8; ++i) post("/login", "token=wrong");
    EXPECT_EQ(post("/login", "token=" + std::string{the_token}).status, 429);
}

TEST_F(ControlSiteTest, ALoginSeesThePageWithItsForms) {
    log_in();
    auto const page = get("/");
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("name=\"form\" value=\"key-2\""), std::string::npos);
    EXPECT_EQ(page.body.find(the_token), std::string::npos);
    EXPECT_EQ(page.body.find("key-1"), std::string::npos) << "the cookie stands in the page";
    EXPECT_EQ(get("/status").status, 200);
}

TEST_F(ControlSiteTest, PausesAndResumesByItsForms) {
    log_in();
    auto const answer = post("/pause", "form=key-2&type=star_filter");
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(header_of(answer, "Location"), "/");
    EXPECT_EQ(post("/resume", "form=key-2&type=star_filter").status, 303);
    EXPECT_EQ(asked, (std::vector<std::string>{"pause star_filter", "resume star_filter"}));
    EXPECT_EQ(post("/pause", "form=key-2&type=strange").status, 404);
    EXPECT_EQ(post("/elsewhere", "form=key-2").status, 404);
}

TEST_F(ControlSiteTest, AFormThatAnotherSiteMadeChangesNothing) {
    log_in();
    auto const body = std::string{"form=key-2&type=star_filter"};
    for (auto const* const other : {"", "null", "http://evil.example", "http://127.0.0.1:8080"}) {
        origin = other;
        EXPECT_EQ(post("/pause", body).status, 403) << other;
        EXPECT_EQ(post("/login", "token=" + std::string{the_token}).status, 403) << other;
    }
    origin = "http://127.0.0.1:9992";
    for (auto const* const form : {"type=star_filter", "form=&type=star_filter",
                                   "form=key-1&type=star_filter", "form=key-3&type=star_filter"})
        EXPECT_EQ(post("/pause", form).status, 403) << form;
    cookie.clear();
    EXPECT_EQ(post("/pause", body).status, 401);
    EXPECT_TRUE(asked.empty());
}

TEST_F(ControlSiteTest, AFormOfAnotherLoginChangesNothing) {
    log_in();
    auto const first = cookie;
    log_in();
    cookie = first;
    EXPECT_EQ(post("/pause", "form=key-4&type=star_filter").status, 403);
    EXPECT_EQ(post("/pause", "form=key-2&type=star_filter").status, 303);
}

TEST_F(ControlSiteTest, LoggingOutEndsTheLogin) {
    log_in();
    EXPECT_EQ(post("/logout", "form=wrong").status, 403);
    auto const answer = post("/logout", "form=key-2");
    EXPECT_EQ(answer.status, 303);
    EXPECT_NE(header_of(answer, "Set-Cookie").find("Max-Age=0"), std::string::npos);
    EXPECT_EQ(get("/status").status, 401);
}

TEST_F(ControlSiteTest, AProgramKnowsTheTokenItself) {
    auto const bearer = "Bearer " + std::string{the_token};
    EXPECT_EQ(get("/status", {{"authorization", bearer}}).status, 200);
    EXPECT_EQ(get("/status", {{"authorization", "bearer  " + std::string{the_token}}}).status, 200);
    EXPECT_EQ(get("/status", {{"authorization", "Bearer wrong"}}).status, 401);
    EXPECT_EQ(get("/status", {{"authorization", "Basic " + std::string{the_token}}}).status, 401);
    auto const answer = call("/pause", "type=star_filter", bearer);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "{\"type\":\"star_filter\",\"paused\":true}\n");
    EXPECT_EQ(call("/resume", "type=star_filter", "Bearer wrong").status, 401);
    EXPECT_EQ(asked, std::vector<std::string>{"pause star_filter"});
}

TEST_F(ControlSiteTest, AProgramsStreamGoesOnWhileOthersGuess) {
    auto const answer = get("/events", {{"authorization", "Bearer " + std::string{the_token}}});
    ASSERT_EQ(answer.status, 200);
    for (int i = 0; i < 11; ++i) get("/status", {{"authorization", "Bearer guess"}});
    EXPECT_TRUE(answer.pieces());
    token = "another-token-of-the-page";
    EXPECT_FALSE(answer.pieces());
}

TEST_F(ControlSiteTest, AStreamEndsWithItsLogin) {
    log_in();
    auto const answer = get("/events/page");
    auto const piece = answer.pieces();
    ASSERT_TRUE(piece);
    EXPECT_NE(piece->find("value=\"key-2\""), std::string::npos);
    token = "another-token-of-the-page";
    EXPECT_FALSE(answer.pieces());
}

}  // namespace
}  // namespace conductor::test
