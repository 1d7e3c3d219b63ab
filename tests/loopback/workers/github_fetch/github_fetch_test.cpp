#include <github_fetch/github_fetch.hpp>

#include "github_pages.hpp"

#include <conductor/config_error.hpp>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

namespace conductor::workers {
namespace {

namespace json = boost::json;
using test::down;
using test::github_bench;
using test::github_pages;
using test::people_of;

using strings = std::vector<std::string>;

std::string header(conductor::test::http_request const& request, std::string_view name) {
    return std::string{request.headers.find(name).value_or("")};
}

TEST(GitHubFetchTest, GivesTheRepositoryInOneRequest) {
    github_bench bench;
    auto const got = bench.run({{"what", "repository"}, {"star_offset", 385}});
    ASSERT_EQ(got.status(), task_status::completed) << got.reason();
    EXPECT_EQ(json::serialize(got.output()),
              R"({"repo":{"id":77,"full_name":"netflix/conductor"},"stargazers_count":420,)"
              R"("forks_count":5,"first_page":4,"last_page":5,"next_cursor":"rest:5:end",)"
              R"("complete":true,"source":"rest","requests":1,)"
              R"("rate":{"remaining":4987,"reset":1793500000}})");
    EXPECT_EQ(bench.targets(), (strings{"/repos/netflix/conductor"}));
}

TEST(GitHubFetchTest, GivesOnePageInOneRequest) {
    github_bench bench;
    auto const got = bench.run({{"page", "5"}, {"star_offset", 385}});
    ASSERT_EQ(got.status(), task_status::completed) << got.reason();
    EXPECT_EQ(bench.targets(),
              (strings{"/repos/netflix/conductor/stargazers?per_page=100&page=5"}));
    EXPECT_EQ(got.output().at("count").as_int64(), 20);
    EXPECT_EQ(got.output().at("stargazers").at(0),
              (json::object{
                  {"starred_at", "1970-01-01T00:06:41Z"},
                  {"user", json::object{{"login", "person-401"}, {"id", 401}, {"type", "User"}}}}));
    EXPECT_EQ(got.output().at("last_page").as_int64(), 5);
    EXPECT_EQ(got.output().at("next_page").as_int64(), 4);
    EXPECT_EQ(got.output().at("oldest").as_string(), "1970-01-01T00:06:41Z");
}

TEST(GitHubFetchTest, GivesEverythingFromTheOffset) {
    github_bench bench;
    auto const got = bench.run({{"star_offset", 250}, {"since", test::since_ever}});
    ASSERT_EQ(got.status(), task_status::completed) << got.reason();
    EXPECT_EQ(people_of(got.output()), down(420, 251));
    EXPECT_EQ(bench.targets(),
              (strings{"/repos/netflix/conductor",
                       "/repos/netflix/conductor/stargazers?per_page=100&page=5",
                       "/repos/netflix/conductor/stargazers?per_page=100&page=4",
                       "/repos/netflix/conductor/stargazers?per_page=100&page=3"}));
    EXPECT_EQ(got.output().at("requests").as_int64(), 4);
}

TEST(GitHubFetchTest, AsksAsGitHubWantsToBeAsked) {
    github_bench bench;
    bench.run({{"max_pages", 1}, {"api_version", "2026-03-10"}});
    auto const requests = bench.server.requests();
    ASSERT_EQ(requests.size(), 2u);
    EXPECT_EQ(header(requests[0], "Accept"), "application/vnd.github+json");
    EXPECT_EQ(header(requests[1], "Accept"), "application/vnd.github.star+json");
    EXPECT_EQ(header(requests[1], "X-GitHub-Api-Version"), "2026-03-10");
    EXPECT_EQ(header(requests[1], "Authorization"), "Bearer default-token");
    EXPECT_NE(header(requests[1], "User-Agent"), "");
}

TEST(GitHubFetchTest, SendsNoTokenWhereThereIsNone) {
    github_bench bench;
    bench.options.secrets = {};
    bench.run({{"what", "repository"}});
    EXPECT_EQ(bench.server.requests().at(0).headers.find("Authorization"), std::nullopt);
}

TEST(GitHubFetchTest, FollowsARenamedRepository) {
    github_bench bench;
    auto const got = bench.run({{"gh_repo", "old"}, {"star_offset", 350}});
    ASSERT_EQ(got.status(), task_status::completed) << got.reason();
    EXPECT_EQ(people_of(got.output()), down(420, 351));
    EXPECT_EQ(json::serialize(got.output().at("repo")),
              R"({"id":77,"full_name":"netflix/conductor","renamed_from":"netflix/old"})");
    EXPECT_EQ(bench.targets(), (strings{"/repos/netflix/old", "/repositories/77",
                                        "/repositories/77/stargazers?per_page=100&page=5",
                                        "/repositories/77/stargazers?per_page=100&page=4"}));
    EXPECT_EQ(got.output().at("requests").as_int64(), 4);
}

TEST(GitHubFetchTest, KnowsTheNumberOfARenamedRepositoryFromOnePage) {
    github_bench bench;
    auto const got = bench.run({{"gh_repo", "old"}, {"page", 5}});
    ASSERT_EQ(got.status(), task_status::completed) << got.reason();
    EXPECT_EQ(got.output().at("repo").at("id").as_int64(), 77);
    EXPECT_EQ(got.output().at("count").as_int64(), 20);
}

TEST(GitHubFetchTest, NeverContactsAHostThatIsNotAllowed) {
    github_bench bench;
    conductor::test::fake_http_server stranger{github_pages::answer};
    auto elsewhere = github_pages::error(301, "Moved Permanently");
    elsewhere.headers.set("Location", stranger.url("/repos/netflix/conductor"));
    bench.server.answer_next(elsewhere);
    auto const got = bench.run({{"what", "repository"}});
    EXPECT_EQ(got.status(), task_status::failed_with_terminal_error);
    EXPECT_EQ(got.output().at("error").at("code").as_string(), "GH_REDIRECT");
    EXPECT_EQ(stranger.connections(), 0u);

    auto const named = bench.run({{"api_base", stranger.url()}, {"what", "repository"}});
    EXPECT_EQ(named.status(), task_status::failed_with_terminal_error);
    EXPECT_TRUE(named.reason().starts_with("BAD_INPUT: /api_base")) << named.reason();
    EXPECT_EQ(stranger.connections(), 0u);
}

// A name, to the system's look-up, of 127.0.0.1.
TEST(GitHubFetchTest, AnAllowedNameThatLeadsToThisMachineIsNotAsked) {
    github_bench bench;
    conductor::test::fake_http_server here{github_pages::answer};
    auto const name = "127.1:" + std::to_string(here.port());
    bench.options.allowed_hosts = {name};
    auto const got = bench.run({{"api_base", "http://" + name}, {"what", "repository"}});
    EXPECT_NE(got.status(), task_status::completed);
    EXPECT_NE(got.reason().find("this machine"), std::string::npos) << got.reason();
    EXPECT_EQ(here.connections(), 0u);
}

TEST(GitHubFetchTest, UsesAnAllowedHost) {
    github_bench bench;
    conductor::test::fake_http_server enterprise{github_pages::answer};
    bench.options.allowed_hosts = {"127.0.0.1:" + std::to_string(enterprise.port())};
    auto const got = bench.run({{"api_base", enterprise.url()}, {"what", "repository"}});
    EXPECT_EQ(got.status(), task_status::completed) << got.reason();
    EXPECT_EQ(bench.server.connections(), 0u);
    EXPECT_EQ(header(enterprise.requests().at(0), "Authorization"), "Bearer default-token");
}

TEST(GitHubFetchTest, GivesUpARedirectThatNeverEnds) {
    github_bench bench;
    for (int hop = 0; hop < 6; ++hop) {
        auto again = github_pages::error(307, "Temporary Redirect");
        again.headers.set("Location", "/repos/netflix/conductor");
        bench.server.answer_next(again);
    }
    auto const got = bench.run({{"what", "repository"}});
    EXPECT_EQ(got.status(), task_status::failed_with_terminal_error);
    EXPECT_TRUE(got.reason().starts_with("GH_REDIRECT: ")) << got.reason();
    EXPECT_EQ(bench.targets().size(), 6u);
}

TEST(GitHubFetchTest, SendsNothingForABadInput) {
    github_bench bench;
    auto const got = bench.run({{"what", "fork"}, {"gh_token", json::array{"k3y"}}});
    EXPECT_EQ(got.status(), task_status::failed_with_terminal_error);
    EXPECT_EQ(got.reason(),
              "BAD_INPUT: /what: expected one of stars|repository|forks|contributors; "
              "/gh_token: expected a text");
    EXPECT_EQ(bench.server.connections(), 0u);
}

TEST(GitHubFetchTest, NeverRepeatsATokenThatAnAnswerEchoes) {
    github_bench bench;
    bench.server.answer_next(github_pages::error(401, "Bad credentials: Bearer k3y-k3y"));
    auto const got = bench.run({{"what", "repository"}, {"gh_token", "k3y-k3y"}});
    EXPECT_EQ(got.reason(), "GH_BAD_CREDENTIALS: HTTP 401: Bad credentials: Bearer ***");
    EXPECT_EQ(json::serialize(got.output()).find("k3y"), std::string::npos);
}

TEST(GitHubFetchTest, GivesForksNewestFirst) {
    github_bench bench;
    auto const got = bench.run({{"what", "forks"}, {"since", "1970-01-01T00:04:50Z"}});
    ASSERT_EQ(got.status(), task_status::completed) << got.reason();
    EXPECT_EQ(people_of(got.output(), "forks"), down(420, 291));
    EXPECT_EQ(bench.targets(),
              (strings{"/repos/netflix/conductor/forks?sort=newest&per_page=100&page=1",
                       "/repos/netflix/conductor/forks?sort=newest&per_page=100&page=2"}));
    EXPECT_EQ(got.output().at("repo").at("id").as_int64(), 77);
    EXPECT_EQ(json::serialize(got.output().at("forks").at(0)),
              R"({"forked_at":"1970-01-01T00:07:00Z","user":{"login":"person-420","id":420,)"
              R"("type":"User"},"repo":{"id":1420,"full_name":"person-420/conductor"}})");
}

TEST(GitHubFetchTest, GivesContributorsAndNoAddresses) {
    github_bench bench;
    bench.server.answer_next({.body = R"([
        {"login": "ada", "id": 3, "type": "User", "contributions": 12},
        {"type": "Anonymous", "email": "g@example.com", "name": "Grace", "contributions": 2}])"});
    auto const got = bench.run({{"what", "contributors"}, {"anon", true}});
    ASSERT_EQ(got.status(), task_status::completed) << got.reason();
    EXPECT_EQ(bench.targets(),
              (strings{"/repos/netflix/conductor/contributors?anon=1&per_page=100&page=1"}));
    EXPECT_EQ(json::serialize(got.output().at("contributors")),
              R"([{"contributions":12,"user":{"login":"ada","id":3,"type":"User"}},)"
              R"({"contributions":2,"user":null,"name":"Grace"}])");
    EXPECT_EQ(json::serialize(got.output()).find("example.com"), std::string::npos);
}

TEST(GitHubFetchTest, GivesStarsByGraphQL) {
    github_bench bench;
    auto const got = bench.run({{"source", "graphql"}, {"star_offset", 250}});
    ASSERT_EQ(got.status(), task_status::completed) << got.reason();
    EXPECT_EQ(people_of(got.output()), down(420, 251));
    EXPECT_EQ(bench.targets(), (strings{"/graphql", "/graphql"}));
    EXPECT_EQ(header(bench.server.requests().at(0), "Authorization"), "Bearer default-token");
    EXPECT_EQ(got.output().at("source").as_string(), "graphql");
    EXPECT_EQ(got.output().at("stargazers_count").as_int64(), 420);
}

TEST(GitHubFetchTest, GivesTheDayOfAHugeRepositoryByGraphQL) {
    github_bench bench;
    bench.server.answer_next({.body = R"({"id": 77, "full_name": "netflix/conductor",
                                          "stargazers_count": 40001, "forks_count": 1})"});
    auto const got = bench.run({{"since", "1970-01-01T00:06:50Z"}});
    ASSERT_EQ(got.status(), task_status::completed) << got.reason();
    EXPECT_EQ(people_of(got.output()), down(420, 411));
    EXPECT_EQ(bench.targets(), (strings{"/repos/netflix/conductor", "/graphql"}));
    EXPECT_TRUE(got.output().at("complete").as_bool());
}

TEST(GitHubFetchTest, GivesADayInTwoRequestsWithACursor) {
    github_bench bench;
    auto const plan = bench.run({{"what", "repository"}});
    auto const got = bench.run({{"cursor", plan.output().at("next_cursor")},
                                {"since", "1970-01-01T00:06:50Z"},
                                {"max_pages", 1}});
    ASSERT_EQ(got.status(), task_status::completed) << got.reason();
    EXPECT_EQ(people_of(got.output()), down(420, 411));
    EXPECT_TRUE(got.output().at("next_cursor").is_null());
    EXPECT_EQ(bench.targets().size(), 2u);
}

TEST(GitHubFetchTest, GivesCountsWithoutNames) {
    github_bench bench;
    bench.server.answer_next({.body = R"([{"week": 604800, "days": [1, 0, 2, 0, 0, 0, 0]}])"});
    auto const got = bench.run({{"source", "history"}, {"since", "1970-01-09T12:00:00Z"}});
    ASSERT_EQ(got.status(), task_status::completed) << got.reason();
    EXPECT_EQ(json::serialize(got.output().at("history").as_array().back()),
              R"({"date":"1970-01-09","count":0})");
    EXPECT_EQ(bench.targets(),
              (strings{"/repos/netflix/conductor/stargazers/history?per_page=30&page=1"}));
    EXPECT_EQ(got.output().at("incomplete_reason").as_string(), "history_has_no_names");
}

TEST(GitHubFetchTest, IsNotSentWhatItHasSeenBefore) {
    github_bench bench;
    auto first = github_pages::page(5);
    first.headers.set("ETag", "W/\"one\"");
    bench.server.answer_next(github_pages::repository());
    bench.server.answer_next(first);
    auto const etag = bench.run({{"max_pages", 1}}).output().at("etag");
    EXPECT_EQ(etag.as_string(), "W/\"one\"");
    bench.server.answer_next(github_pages::repository());
    bench.server.answer_next({.status = 304});
    auto const got = bench.run({{"etag", etag}});
    ASSERT_EQ(got.status(), task_status::completed) << got.reason();
    EXPECT_TRUE(got.output().at("not_modified").as_bool());
    EXPECT_EQ(got.output().at("count").as_int64(), 0);
    EXPECT_EQ(header(bench.server.requests().at(2), "If-None-Match"), "");
    EXPECT_EQ(header(bench.server.requests().at(3), "If-None-Match"), "W/\"one\"");
}

TEST(GitHubFetchTest, RefusesABadConfiguration) {
    github_bench bench;
    bench.options.api_base = "api.github.com";
    EXPECT_THROW(bench.run({}), config_error);
}

}  // namespace
}  // namespace conductor::workers
