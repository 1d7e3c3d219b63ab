#include <github_fetch/step_request.hpp>

#include <boost/json/parse.hpp>

#include <gtest/gtest.h>

namespace conductor::workers::github {
namespace {

constexpr char where[] = "https://api.github.com/repositories/77";

fetch_input input() {
    fetch_input in;
    in.account = "netflix";
    in.name = "conductor";
    in.api_base = "https://api.github.com";
    in.token = secret{"k3y"};
    return in;
}

http::request request(fetch_step const& step) { return request_of(step, input(), where); }

std::string header(http::request const& of, std::string_view name) {
    return std::string{of.headers.find(name).value_or("none")};
}

TEST(StepRequestTest, AsksForEachListAtItsPlace) {
    for (auto const& [list, target] :
         {std::pair{endpoint::stargazers, "/stargazers?per_page=100&page=3"},
          std::pair{endpoint::forks, "/forks?sort=newest&per_page=100&page=3"},
          std::pair{endpoint::contributors, "/contributors?per_page=100&page=3"},
          std::pair{endpoint::events, "/events?per_page=100&page=3"},
          std::pair{endpoint::history, "/stargazers/history?per_page=30&page=3"}}) {
        auto const made = request({.where = list, .page = 3});
        EXPECT_EQ(made.url, std::string{where} + target);
        EXPECT_EQ(made.method, "GET");
    }
    EXPECT_EQ(request({}).url, where);
}

TEST(StepRequestTest, AsksForAnonymousContributorsOnlyWhenTheyAreWanted) {
    auto in = input();
    in.anonymous = true;
    EXPECT_EQ(request_of({.where = endpoint::contributors, .page = 1}, in, where).url,
              std::string{where} + "/contributors?anon=1&per_page=100&page=1");
}

TEST(StepRequestTest, AsksForTimesWithTheStars) {
    EXPECT_EQ(header(request({.where = endpoint::stargazers, .page = 1}), "Accept"),
              "application/vnd.github.star+json");
    EXPECT_EQ(header(request({.where = endpoint::forks, .page = 1}), "Accept"),
              "application/vnd.github+json");
}

TEST(StepRequestTest, SendsAnETagOnlyWhereTheStepHasOne) {
    EXPECT_EQ(
        header(request({.where = endpoint::forks, .page = 1, .etag = "W/\"x\""}), "If-None-Match"),
        "W/\"x\"");
    EXPECT_EQ(header(request({.where = endpoint::forks, .page = 1}), "If-None-Match"), "none");
}

TEST(StepRequestTest, AsksGraphQLByPost) {
    auto const made = request({.where = endpoint::graphql, .after = "abc"});
    EXPECT_EQ(made.method, "POST");
    EXPECT_EQ(made.url, "https://api.github.com/graphql");
    EXPECT_EQ(made.repeatable, true);
    EXPECT_EQ(header(made, "Authorization"), "Bearer k3y");
    auto const variables = boost::json::parse(made.body).at("variables");
    EXPECT_EQ(variables.at("owner").as_string(), "netflix");
    EXPECT_EQ(variables.at("after").as_string(), "abc");
}

TEST(StepRequestTest, FindsGraphQLOfAnEnterpriseServer) {
    auto in = input();
    in.api_base = "https://ghe.example/api/v3";
    EXPECT_EQ(in.graphql_url(), "https://ghe.example/api/graphql");
    in.api_base = "http://127.0.0.1:9001";
    EXPECT_EQ(in.graphql_url(), "http://127.0.0.1:9001/graphql");
}

TEST(StepRequestTest, FindsTheRepositoryBehindAList) {
    EXPECT_EQ(repository_url_of({.where = endpoint::history, .page = 1},
                                "https://x/repositories/7/stargazers/history?page=1"),
              "https://x/repositories/7");
    EXPECT_EQ(repository_url_of({}, "https://x/repositories/7"), "https://x/repositories/7");
    EXPECT_EQ(repository_url_of({.where = endpoint::forks, .page = 1}, "https://x/elsewhere?a"),
              "https://x/elsewhere");
}

TEST(StepRequestTest, IsNotEvenMadeForWhatCannotBe) {
    auto in = input();
    fetch_step const far{.where = endpoint::stargazers, .page = 401};
    EXPECT_EQ(impossible(far, in)->code, codes::gh_pagination_limit);
    EXPECT_FALSE(impossible({.where = endpoint::stargazers, .page = 400}, in));
    EXPECT_FALSE(impossible({.where = endpoint::forks, .page = 401}, in));
    EXPECT_FALSE(impossible({.where = endpoint::graphql}, in));
    in.token = {};
    auto const why = impossible({.where = endpoint::graphql}, in);
    ASSERT_TRUE(why);
    EXPECT_EQ(why->code, codes::gh_pagination_limit);
    EXPECT_NE(why->message.find("token"), std::string::npos) << why->message;
}

}  // namespace
}  // namespace conductor::workers::github
