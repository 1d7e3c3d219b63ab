#include <github_fetch/star_list.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

#include <utility>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;

result<std::vector<star>> read(std::string_view text) { return read_stars(json::parse(text)); }

star given(std::int64_t person, int second) {
    instant const at{std::chrono::seconds{second}};
    return {format_instant(at), at, stargazer{"p" + std::to_string(person), person, "User"}};
}

TEST(StarRowsTest, AreReadAsGitHubWritesThem) {
    auto const rows = read(R"([{"starred_at": "1970-01-01T00:00:07Z", "user":
        {"login": "ada", "id": 3, "type": "User", "site_admin": false, "url": "https://x"}}])");
    ASSERT_TRUE(rows.has_value());
    EXPECT_EQ(*rows, (std::vector{star{"1970-01-01T00:00:07Z", instant{std::chrono::seconds{7}},
                                       stargazer{"ada", 3, "User"}}}));
}

TEST(StarRowsTest, MayBeNone) { EXPECT_TRUE(read("[]")->empty()); }

TEST(StarRowsTest, KeepADeletedAccountAsNull) {
    auto const rows = read(R"([{"starred_at": "1970-01-01T00:00:07Z", "user": null}])");
    ASSERT_TRUE(rows.has_value());
    star_list list;
    list.add(rows->front());
    list.add(rows->front());
    EXPECT_EQ(json::serialize(list.to_json()),
              R"([{"starred_at":"1970-01-01T00:00:07Z","user":null},)"
              R"({"starred_at":"1970-01-01T00:00:07Z","user":null}])");
}

class BadRowsTest : public testing::TestWithParam<std::pair<char const*, char const*>> {};

TEST_P(BadRowsTest, AreNamedByTheirPointer) {
    auto const rows = read(GetParam().first);
    ASSERT_TRUE(rows.has_error());
    EXPECT_EQ(rows.error().code, errc::bad_response);
    EXPECT_TRUE(rows.error().detail.starts_with(GetParam().second)) << rows.error().detail;
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, BadRowsTest,
    testing::Values(
        std::pair{"{}", "expected an array"}, std::pair{"null", "expected an array"},
        std::pair{"[7]", "/0: expected an object"}, std::pair{"[null]", "/0: expected an object"},
        std::pair{R"([{"login": "ada", "id": 3}])", "/0/starred_at: expected a text"},
        std::pair{R"([{"starred_at": 7, "user": null}])", "/0/starred_at: expected a text"},
        std::pair{R"([{"starred_at": "soon", "user": null}])", "/0/starred_at: expected an ISO"},
        std::pair{R"([{"starred_at": "1970-01-01T00:00:07Z"}])", "/0/user: missing"},
        std::pair{R"([{"starred_at": "1970-01-01T00:00:07Z", "user": "ada"}])",
                  "/0/user: expected"},
        std::pair{R"([{"starred_at": "1970-01-01T00:00:07Z", "user": {"id": 3}}])",
                  "/0/user/login: expected a text"},
        std::pair{R"([{"starred_at": "1970-01-01T00:00:07Z", "user": {"login": "a"}}])",
                  "/0/user/id: expected a whole number"},
        std::pair{R"([{"starred_at": "1970-01-01T00:00:07Z", "user": {"login": "a", "id": 1.5}}])",
                  "/0/user/id: expected a whole number"},
        std::pair{R"([{"starred_at": "1970-01-01T00:00:07Z", "user": {"login": "a", "id": -1}}])",
                  "/0/user/id: expected a whole number"},
        std::pair{R"([{"starred_at": "1970-01-01T00:00:07Z", "user":
                    {"login": "a", "id": 18446744073709551615}}])",
                  "/0/user/id: expected a whole number"},
        std::pair{R"([{"starred_at": "1970-01-01T00:00:07Z", "user": null}, {}])",
                  "/1/starred_at"}));

TEST(StarListTest, KeepsEachPersonOnce) {
    star_list list;
    list.add(given(1, 10));
    list.add(given(2, 20));
    list.add(given(1, 30));
    EXPECT_EQ(list.size(), 2u);
    EXPECT_EQ(list.newest(), instant{std::chrono::seconds{20}});
}

TEST(StarListTest, KnowsItsEndsWhateverTheOrder) {
    star_list list;
    EXPECT_EQ(list.oldest(), std::nullopt);
    list.add(given(1, 20));
    list.add(given(2, 30));
    list.add(given(3, 10));
    EXPECT_EQ(list.oldest(), instant{std::chrono::seconds{10}});
    EXPECT_EQ(list.newest(), instant{std::chrono::seconds{30}});
}

TEST(StarListTest, WritesWhatItCanReadAgain) {
    star_list list;
    list.add(given(1, 10));
    list.add({"1970-01-01T00:00:07Z", instant{std::chrono::seconds{7}}, std::nullopt});
    auto const again = read_stars(list.to_json());
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(again->size(), 2u);
    EXPECT_EQ(again->front(), given(1, 10));
}

TEST(StarListTest, GivesOutNullsWhenItIsEmpty) {
    EXPECT_EQ(json::serialize(stars_output(star_list{})),
              R"({"stargazers":[],"count":0,"oldest":null,"newest":null})");
}

TEST(StarListTest, WritesAMissingTypeAsNull) {
    star_list list;
    list.add({"1970-01-01T00:00:07Z", instant{std::chrono::seconds{7}}, stargazer{"ada", 3, ""}});
    EXPECT_EQ(json::serialize(list.to_json()), R"([{"starred_at":"1970-01-01T00:00:07Z",)"
                                               R"("user":{"login":"ada","id":3,"type":null}}])");
}

}  // namespace
}  // namespace conductor::workers::github
