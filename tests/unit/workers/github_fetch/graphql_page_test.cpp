#include <github_fetch/graphql_page.hpp>

#include <boost/json/parse.hpp>

#include <gtest/gtest.h>

#include <utility>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;

// With one member replaced: a JSON pointer, and its new JSON; empty removes it.
json::value answer(std::string const& pointer = "/none", std::string const& replacement = "") {
    auto body = json::parse(R"({"none": 0, "data": {"repository": {
        "databaseId": 77, "nameWithOwner": "netflix/conductor", "stargazerCount": 2, "forkCount": 1,
        "stargazers": {
            "edges": [
                {"starredAt": "1970-01-01T00:00:08Z", "node": {"databaseId": 4, "login": "grace"}},
                {"starredAt": "1970-01-01T00:00:07Z", "node": {"databaseId": 3, "login": "ada"}}],
            "pageInfo": {"hasNextPage": true, "endCursor": "abc=="}}}}})");
    auto const slash = pointer.rfind('/');
    auto& parent = body.at_pointer(pointer.substr(0, slash)).as_object();
    if (replacement.empty())
        parent.erase(pointer.substr(slash + 1));
    else
        parent[pointer.substr(slash + 1)] = json::parse(replacement);
    return body;
}

TEST(GraphQLPageTest, IsAskedForWithVariables) {
    auto const body = json::parse(
        graphql_body({.owner = "net\"flix", .name = "conductor", .first = 50, .after = "abc=="}));
    EXPECT_EQ(
        body.at("variables"),
        (json::object{
            {"owner", "net\"flix"}, {"name", "conductor"}, {"first", 50}, {"after", "abc=="}}));
    std::string const query{body.at("query").as_string()};
    EXPECT_EQ(query.find("flix"), std::string::npos);
    EXPECT_NE(query.find("orderBy: {field: STARRED_AT, direction: DESC}"), std::string::npos);
    auto const first = json::parse(graphql_body({.owner = "a", .name = "b"}));
    EXPECT_TRUE(first.at("variables").at("after").is_null());
}

TEST(GraphQLPageTest, HoldsTheRepositoryAndItsStars) {
    auto const page = read_graphql_page(answer());
    ASSERT_TRUE(page.has_value()) << page.error().detail;
    EXPECT_EQ(page->repository, (repository{77, "netflix/conductor", 2, 1}));
    ASSERT_EQ(page->rows.size(), 2u);
    EXPECT_EQ(page->rows.back(),
              (row{.at = instant{std::chrono::seconds{7}}, .user = account{"ada", 3, "User"}}));
    EXPECT_EQ(page->next, "abc==");
}

TEST(GraphQLPageTest, EndsWhereGitHubSaysSo) {
    auto const page = read_graphql_page(answer("/data/repository/stargazers/pageInfo",
                                               R"({"hasNextPage": false, "endCursor": "x"})"));
    ASSERT_TRUE(page.has_value());
    EXPECT_EQ(page->next, std::nullopt);
}

TEST(GraphQLPageTest, KeepsStarsOfAccountsThatCannotBeNamed) {
    for (auto const* const node : {"null", R"({"databaseId": null, "login": "ghost"})"}) {
        auto const page =
            read_graphql_page(answer("/data/repository/stargazers/edges/0/node", node));
        ASSERT_TRUE(page.has_value()) << page.error().detail;
        EXPECT_EQ(page->rows.front().user, std::nullopt);
    }
}

class BadGraphQLPageTest : public testing::TestWithParam<std::pair<char const*, char const*>> {};

TEST_P(BadGraphQLPageTest, IsNamedByItsPointer) {
    std::string const pointer = GetParam().first;
    auto const page = read_graphql_page(answer(pointer, GetParam().second));
    ASSERT_TRUE(page.has_error());
    EXPECT_TRUE(page.error().detail.starts_with("/data/repository")) << page.error().detail;
    bool const is_member = pointer.starts_with("/data/repository/");
    EXPECT_TRUE(!is_member || page.error().detail.starts_with(pointer + ": "))
        << page.error().detail;
}

INSTANTIATE_TEST_SUITE_P(
    Members, BadGraphQLPageTest,
    testing::Values(std::pair{"/data", "null"}, std::pair{"/data", ""},
                    std::pair{"/data/repository", "null"}, std::pair{"/data/repository", "7"},
                    std::pair{"/data/repository/databaseId", "null"},
                    std::pair{"/data/repository/nameWithOwner", "7"},
                    std::pair{"/data/repository/stargazerCount", "-1"},
                    std::pair{"/data/repository/forkCount", ""},
                    std::pair{"/data/repository/stargazers", "[]"},
                    std::pair{"/data/repository/stargazers/edges", "{}"},
                    std::pair{"/data/repository/stargazers/edges/1/starredAt", "7"},
                    std::pair{"/data/repository/stargazers/edges/1/starredAt", "\"soon\""},
                    std::pair{"/data/repository/stargazers/edges/1/node", ""},
                    std::pair{"/data/repository/stargazers/edges/1/node", "7"},
                    std::pair{"/data/repository/stargazers/edges/1/node/databaseId", "1.5"},
                    std::pair{"/data/repository/stargazers/edges/1/node/login", ""},
                    std::pair{"/data/repository/stargazers/pageInfo", "null"},
                    std::pair{"/data/repository/stargazers/pageInfo/hasNextPage", "\"yes\""},
                    std::pair{"/data/repository/stargazers/pageInfo/endCursor", "null"},
                    std::pair{"/data/repository/stargazers/pageInfo/endCursor", "\"\""}));

TEST(GraphQLPageTest, RefusesAnEdgeThatIsNone) {
    auto const page = read_graphql_page(answer("/data/repository/stargazers/edges", "[null]"));
    EXPECT_EQ(page.error().detail, "/data/repository/stargazers/edges/0: expected an object");
}

}  // namespace
}  // namespace conductor::workers::github
