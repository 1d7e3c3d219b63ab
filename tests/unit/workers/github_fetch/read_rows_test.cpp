#include <github_fetch/read_rows.hpp>

#include "listed_repository.hpp"

#include <boost/json/parse.hpp>

#include <gtest/gtest.h>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;
using test::second;

TEST(ReadRowsTest, ReadsStarsAsGitHubWritesThem) {
    auto const rows =
        read_page(row_kind::star, json::parse(R"([{"starred_at": "1970-01-01T00:00:07Z", "user":
            {"login": "ada", "id": 3, "type": "User", "site_admin": false, "url": "x"}}])"));
    ASSERT_TRUE(rows.has_value());
    EXPECT_EQ(*rows, (std::vector{row{.at = second(7), .user = account{"ada", 3, "User"}}}));
}

TEST(ReadRowsTest, KeepsADeletedAccountAsNone) {
    auto const rows = read_page(
        row_kind::star, json::parse(R"([{"starred_at": "1970-01-01T00:00:07Z", "user": null}])"));
    ASSERT_TRUE(rows.has_value());
    EXPECT_EQ(rows->front().user, std::nullopt);
}

TEST(ReadRowsTest, ReadsForksAsGitHubWritesThem) {
    auto const rows = read_page(row_kind::fork, json::parse(R"([{"id": 9, "full_name": "ada/c",
        "owner": {"login": "ada", "id": 3, "type": "User"}, "fork": true,
        "created_at": "1970-01-01T00:00:07Z"}])"));
    ASSERT_TRUE(rows.has_value()) << rows.error().detail;
    EXPECT_EQ(
        *rows,
        (std::vector{row{
            .at = second(7), .user = account{"ada", 3, "User"}, .number = 9, .name = "ada/c"}}));
}

TEST(ReadRowsTest, ReadsContributorsAndNoAddresses) {
    auto const rows = read_page(row_kind::contributor, json::parse(R"([
        {"login": "ada", "id": 3, "type": "User", "contributions": 12},
        {"type": "Anonymous", "email": "grace@example.com", "name": "Grace", "contributions": 2},
        {"type": "Anonymous", "email": "e@example.com", "name": "e@example.com",
         "contributions": 1}])"));
    ASSERT_TRUE(rows.has_value()) << rows.error().detail;
    EXPECT_EQ(*rows, (std::vector{row{.user = account{"ada", 3, "User"}, .number = 12},
                                  row{.number = 2, .name = "Grace"}, row{.number = 1}}));
}

struct bad_page {
    row_kind kind;
    char const* body;
    char const* complaint;
};

class BadPageTest : public testing::TestWithParam<bad_page> {};

TEST_P(BadPageTest, IsNamedByItsPointer) {
    auto const rows = read_page(GetParam().kind, json::parse(GetParam().body));
    ASSERT_TRUE(rows.has_error());
    EXPECT_EQ(rows.error().code, errc::bad_response);
    EXPECT_TRUE(rows.error().detail.starts_with(GetParam().complaint)) << rows.error().detail;
}

constexpr auto star = row_kind::star;
constexpr auto fork = row_kind::fork;
constexpr auto contributor = row_kind::contributor;

INSTANTIATE_TEST_SUITE_P(
    Stars, BadPageTest,
    testing::Values(
        bad_page{star, "{}", "expected an array"}, bad_page{star, "null", "expected an array"},
        bad_page{star, "[7]", "/0: expected an object"},
        bad_page{star, "[null]", "/0: expected an object"},
        bad_page{star, R"([{"login": "ada", "id": 3}])", "/0/starred_at: expected a text"},
        bad_page{star, R"([{"starred_at": 7, "user": null}])", "/0/starred_at: expected a text"},
        bad_page{star, R"([{"starred_at": "soon", "user": null}])", "/0/starred_at: expected an"},
        bad_page{star, R"([{"starred_at": "1970-01-01T00:00:07Z"}])", "/0/user: missing"},
        bad_page{star, R"([{"starred_at": "1970-01-01T00:00:07Z", "user": "ada"}])",
                 "/0/user: expected"},
        bad_page{star, R"([{"starred_at": "1970-01-01T00:00:07Z", "user": {"id": 3}}])",
                 "/0/user/login: expected a text"},
        bad_page{star, R"([{"starred_at": "1970-01-01T00:00:07Z", "user": {"login": "a"}}])",
                 "/0/user/id: expected a whole number"},
        bad_page{star,
                 R"([{"starred_at": "1970-01-01T00:00:07Z", "user": {"login": "a", "id": 1.5}}])",
                 "/0/user/id: expected a whole number"},
        bad_page{star,
                 R"([{"starred_at": "1970-01-01T00:00:07Z", "user": {"login": "a", "id": -1}}])",
                 "/0/user/id: expected a whole number"},
        bad_page{star, R"([{"starred_at": "1970-01-01T00:00:07Z", "user": null}, {}])",
                 "/1/starred_at"}));

INSTANTIATE_TEST_SUITE_P(
    Forks, BadPageTest,
    testing::Values(
        bad_page{fork, R"([{"created_at": null}])", "/0/created_at: expected a text"},
        bad_page{fork, R"([{"created_at": "1970-01-01T00:00:07Z", "id": 1, "full_name": "a/b"}])",
                 "/0/owner: missing"},
        bad_page{fork, R"([{"created_at": "1970-01-01T00:00:07Z", "owner": {"login": 1}}])",
                 "/0/owner/login: expected a text"},
        bad_page{fork, R"([{"created_at": "1970-01-01T00:00:07Z", "owner": null}])",
                 "/0/id: expected a whole number"},
        bad_page{fork, R"([{"created_at": "1970-01-01T00:00:07Z", "owner": null, "id": 1}])",
                 "/0/full_name: expected a text"}));

INSTANTIATE_TEST_SUITE_P(
    Contributors, BadPageTest,
    testing::Values(bad_page{contributor, "[[]]", "/0: expected an object"},
                    bad_page{contributor, R"([{"login": "a", "id": 1}])",
                             "/0/contributions: expected a whole number"},
                    bad_page{contributor, R"([{"contributions": 1, "id": 1}])",
                             "/0/login: expected a text"},
                    bad_page{contributor, R"([{"contributions": 1, "login": "a"}])",
                             "/0/id: expected a whole number"},
                    bad_page{contributor, R"([{"type": "Anonymous", "name": "a"}])",
                             "/0/contributions: expected a whole number"},
                    bad_page{contributor, R"([{"type": "Anonymous", "contributions": 1}])",
                             "/0/name: expected a text"}));

TEST(ReadRowsTest, RefusesOutputThatItDidNotWrite) {
    for (auto const& [kind, text] :
         {std::pair{fork, R"([{"forked_at": "1970-01-01T00:00:07Z", "user": null}])"},
          std::pair{fork, R"([{"forked_at": "1970-01-01T00:00:07Z", "repo": 7}])"},
          std::pair{fork, R"([{"created_at": "1970-01-01T00:00:07Z"}])"},
          std::pair{contributor, R"([{"user": null}])"}, std::pair{contributor, R"([7])"},
          std::pair{contributor, R"([{"user": {}, "contributions": 1}])"}}) {
        EXPECT_TRUE(read_output_rows(kind, json::parse(text)).has_error()) << text;
    }
}

}  // namespace
}  // namespace conductor::workers::github
