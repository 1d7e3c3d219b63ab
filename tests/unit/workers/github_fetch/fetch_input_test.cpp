#include <github_fetch/fetch_input.hpp>

#include <boost/json/parse.hpp>

#include <gtest/gtest.h>

#include <utility>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;
using std::chrono::seconds;

result<secret> read_default() { return secret{"default-token"}; }

api_access access() {
    auto source = std::make_shared<secret_source>();
    source->add("github", read_default);
    return api_access{
        {.api_base = "https://api.github.com",
         .allowed_hosts = {"ghe.example"},
         .secrets = {.source = source, .allowed = {"github"}, .default_secret = "github"}}};
}

outcome<fetch_input> read(std::string_view members) {
    std::string const text = R"({"gh_account": "netflix", "gh_repo": "conductor")" +
                             std::string{members.empty() ? "" : ", "} + std::string{members} + "}";
    return read_fetch_input(json::parse(text).as_object(), access());
}

TEST(FetchInputTest, TakesTheArticlesInput) {
    auto const in = read(R"("star_offset": 3800, "gh_token": "<key>", "orbit_workspace": "x",
                            "activity_name": "starredConductor", "orbit_apikey": "<key>")");
    ASSERT_TRUE(in.has_value()) << in.error().message;
    EXPECT_EQ(in->what, fetch_kind::stars);
    EXPECT_EQ(in->star_offset, 3800);
    EXPECT_EQ(in->token.reveal(), "<key>");
    EXPECT_EQ(in->full_name(), "netflix/conductor");
    EXPECT_EQ(in->repository_url(), "https://api.github.com/repos/netflix/conductor");
}

TEST(FetchInputTest, HasDefaults) {
    auto const in = read("");
    ASSERT_TRUE(in.has_value());
    EXPECT_EQ(in->star_offset, 0);
    EXPECT_EQ(in->pages.per_page, 100);
    EXPECT_EQ(in->token.reveal(), "default-token");
    EXPECT_EQ(in->max_wait, seconds{3600});
    EXPECT_EQ(in->max_pages, std::nullopt);
    EXPECT_EQ(in->max_items, std::nullopt);
    EXPECT_EQ(in->time_limit, std::nullopt);
}

TEST(FetchInputTest, TakesNumericTextsAndTheServersNulls) {
    auto const in = read(R"("star_offset": "3850", "page": "44", "max_pages": null, "source": null,
                            "what": "", "api_base": null, "gh_token": null, "since": null,
                            "cursor": null, "etag": "", "on_restricted": "")");
    ASSERT_TRUE(in.has_value()) << in.error().message;
    EXPECT_EQ(in->what, fetch_kind::stars);
    EXPECT_EQ(in->source, std::nullopt);
    EXPECT_EQ(in->page, 44);
    EXPECT_EQ(in->star_offset, 3850);
}

TEST(FetchInputTest, ReadsEveryOption) {
    auto const in = read(R"("what": "repository", "source": "rest", "on_restricted": "fail",
                            "per_page": 50, "max_pages": 3, "max_items": 7, "max_wait_seconds": 0,
                            "time_limit_seconds": 60, "api_base": "https://ghe.example/api/v3/",
                            "api_version": "2026-03-10", "gh_token": "secret:github")");
    ASSERT_TRUE(in.has_value()) << in.error().message;
    EXPECT_EQ(in->what, fetch_kind::repository);
    EXPECT_EQ(in->pages.per_page, 50);
    EXPECT_EQ(in->max_pages, 3);
    EXPECT_EQ(in->max_items, 7);
    EXPECT_EQ(in->max_wait, seconds{0});
    EXPECT_EQ(in->time_limit, seconds{60});
    EXPECT_EQ(in->api_version, "2026-03-10");
    EXPECT_EQ(in->repository_url(), "https://ghe.example/api/v3/repos/netflix/conductor");
}

TEST(FetchInputTest, PicksTheOwnersToken) {
    auto const in = read(R"("gh_token": {"orkes-io": "other", "Netflix": "netflix-token"})");
    EXPECT_EQ(in->token.reveal(), "netflix-token");
    EXPECT_EQ(read(R"("gh_token": {"orkes-io": "other"})")->token.reveal(), "default-token");
    EXPECT_EQ(read(R"("gh_token": {"netflix": "secret:github"})")->token.reveal(), "default-token");
}

TEST(FetchInputTest, EncodesNamesAsOneSegment) {
    auto const in =
        read_fetch_input({{"gh_account", "a/../b?c#d"}, {"gh_repo", "\xc3\xa4 %2e"}}, access());
    ASSERT_TRUE(in.has_value());
    EXPECT_EQ(in->repository_url(),
              "https://api.github.com/repos/a%2F..%2Fb%3Fc%23d/%C3%A4%20%252e");
}

class BadFetchInputTest : public testing::TestWithParam<std::pair<char const*, char const*>> {};

TEST_P(BadFetchInputTest, IsNamedByItsPointer) {
    auto const in = read(GetParam().first);
    ASSERT_TRUE(in.has_error());
    EXPECT_EQ(in.error().code, codes::bad_input);
    EXPECT_TRUE(in.error().message.starts_with(GetParam().second)) << in.error().message;
    EXPECT_EQ(in.error().message.find("k3y"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Members, BadFetchInputTest,
    testing::Values(
        std::pair{R"("what": "fork")",
                  "/what: expected one of stars|repository|forks|contributors"},
        std::pair{R"("what": ["stars"])", "/what: expected a text"},
        std::pair{R"("source": "web")",
                  "/source: expected one of auto|rest|graphql|events|history"},
        std::pair{R"("what": "forks", "source": "graphql")", "/source: has no rows"},
        std::pair{R"("what": "forks", "source": "history")", "/source: has no rows"},
        std::pair{R"("what": "contributors", "source": "events")", "/source: has no rows"},
        std::pair{R"("on_restricted": "skip")", "/on_restricted: expected one of fail|events"},
        std::pair{R"("since": "yesterday")", "/since: expected"},
        std::pair{R"("cursor": "44")", "/cursor: expected a next_cursor"},
        std::pair{R"("cursor": "rest:4", "page": 4)", "/cursor: excludes page"},
        std::pair{R"("cursor": "rest:4", "source": "graphql")", "/cursor: is of another source"},
        std::pair{R"("cursor": "graphql::", "what": "forks")", "/cursor: is of another list"},
        std::pair{R"("page": 4, "on_restricted": "events")",
                  "/on_restricted: events excludes page"},
        std::pair{R"("page": 4, "source": "events")", "/page: only source rest has pages"},
        std::pair{R"("etag": "a\r\nX-A: b")", "/etag: expected an ETag"},
        std::pair{R"("anon": "maybe")", "/anon:"},
        std::pair{R"("star_offset": -1)", "/star_offset:"},
        std::pair{R"("star_offset": 1e300)", "/star_offset:"}, std::pair{R"("page": 0)", "/page:"},
        std::pair{R"("page": "last")", "/page:"}, std::pair{R"("per_page": 101)", "/per_page:"},
        std::pair{R"("max_pages": 0)", "/max_pages:"},
        std::pair{R"("max_items": 0)", "/max_items:"},
        std::pair{R"("time_limit_seconds": 0)", "/time_limit_seconds:"},
        std::pair{R"("max_wait_seconds": -1)", "/max_wait_seconds:"},
        std::pair{R"("api_base": "https://evil.example")", "/api_base: names a host"},
        std::pair{R"("api_base": 7)", "/api_base: expected a text"},
        std::pair{R"("api_version": "latest")", "/api_version:"},
        std::pair{R"("api_version": "2022-11-28\r\nX-A: b")", "/api_version:"},
        std::pair{R"("gh_token": "k3y with blank")", "/gh_token:"},
        std::pair{R"("gh_token": "secret:k3y")", "/gh_token:"},
        std::pair{R"("gh_token": "env:k3y")", "/gh_token:"},
        std::pair{R"("gh_token": ["k3y"])", "/gh_token: expected a text"},
        std::pair{R"("gh_token": {"netflix": ["k3y"]})", "/gh_token/netflix: expected a text"},
        std::pair{R"("gh_token": {"netflix": "file:k3y"})", "/gh_token/netflix:"}));

TEST(FetchInputTest, NeedsAnOwnerAndAName) {
    auto const in = read_fetch_input({}, access());
    EXPECT_EQ(in.error().message, "/gh_account: is required; /gh_repo: is required");
    auto const dots = read_fetch_input({{"gh_account", ".."}, {"gh_repo", "."}}, access());
    EXPECT_EQ(dots.error().message, "/gh_account: is not a name; /gh_repo: is not a name");
}

TEST(FetchInputTest, NamesEverythingThatIsWrong) {
    auto const in = read(R"("what": "fork", "page": 0, "gh_token": 7)");
    for (auto const* const pointer : {"/what", "/page", "/gh_token"})
        EXPECT_NE(in.error().message.find(pointer), std::string::npos) << pointer;
}

TEST(FetchInputTest, RefusesAPageBeyondGitHubsReach) {
    EXPECT_TRUE(read(R"("page": 400)").has_value());
    EXPECT_EQ(read(R"("page": 401)").error().code, codes::gh_pagination_limit);
    EXPECT_TRUE(read(R"("page": 800, "per_page": 50)").has_value());
    EXPECT_EQ(read(R"("page": 999999999999)").error().code, codes::gh_pagination_limit);
}

TEST(FetchInputTest, ReadsWhereTheRowsComeFrom) {
    auto const in = read(R"("source": "events", "since": "1970-01-01T00:00:07Z", "anon": true,
                            "what": "forks", "on_restricted": "events", "etag": "W/\"x\"")");
    ASSERT_TRUE(in.has_value()) << in.error().message;
    EXPECT_EQ(in->what, fetch_kind::forks);
    EXPECT_EQ(in->rows(), row_kind::fork);
    EXPECT_EQ(in->source, fetch_source::events);
    EXPECT_TRUE(in->events_when_restricted);
    EXPECT_EQ(in->since, instant{seconds{7}});
    EXPECT_TRUE(in->anonymous);
    EXPECT_EQ(in->etag, "W/\"x\"");
    EXPECT_EQ(read(R"("source": "graphql")")->source, fetch_source::graphql);
    EXPECT_EQ(read(R"("source": "history")")->source, fetch_source::history);
    EXPECT_EQ(read(R"("source": "auto")")->source, std::nullopt);
}

TEST(FetchInputTest, ReadsACursor) {
    auto const in = read(R"("cursor": "rest:44:end")");
    ASSERT_TRUE(in.has_value()) << in.error().message;
    EXPECT_EQ(in->cursor, (list_cursor{.page = 44, .is_guess = true}));
    EXPECT_TRUE(read(R"("cursor": "events", "what": "forks")").has_value());
}

TEST(FetchInputTest, NeedsATokenForGraphQL) {
    auto const in = read_fetch_input({{"gh_account", "a"}, {"gh_repo", "b"}, {"source", "graphql"}},
                                     api_access{{.api_base = "https://api.github.com"}});
    ASSERT_TRUE(in.has_error());
    EXPECT_EQ(in.error().message, "/gh_token: source graphql needs a token");
}

TEST(FetchInputTest, LimitsThePagesOfStarsOnly) {
    EXPECT_TRUE(read(R"("what": "forks", "page": 401)").has_value());
}

}  // namespace
}  // namespace conductor::workers::github
