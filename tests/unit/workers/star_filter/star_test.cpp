#include <star_filter/star.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <ostream>
#include <string>

namespace conductor::workers {
namespace {

namespace json = boost::json;

TEST(StarTest, ReadsARowOfGitHub) {
    auto const row = json::parse(R"({
        "starred_at": "2024-10-01T23:37:37Z",
        "user": {"login": "Ann", "id": 583231, "type": "User", "site_admin": false}})");

    auto const found = read_star(row);

    ASSERT_TRUE(found);
    EXPECT_EQ(format_instant(found->at), "2024-10-01T23:37:37Z");
    EXPECT_EQ(found->at_text, "2024-10-01T23:37:37Z");
    EXPECT_EQ(found->login, "Ann");
    EXPECT_EQ(found->user_id, 583231);
    EXPECT_FALSE(found->bot);
}

TEST(StarTest, ReadsARowOfTheArticle) {
    auto const row = json::parse(R"({
        "occurred_at": "2024-10-01T23:37:37Z", "title": "starred", "member": {"github": "ann"}})");

    auto const found = read_star(row);

    ASSERT_TRUE(found);
    EXPECT_EQ(found->login, "ann");
    EXPECT_FALSE(found->user_id);
}

TEST(StarTest, TakesAnIdInEveryFormThatJsonGivesIt) {
    for (std::string const id : {"7", "7.0", "\"7\""}) {
        auto const row = json::parse(
            R"({"starred_at": "2024-10-01T23:37:37Z", "user": {"login": "a", "id": )" + id + "}}");
        auto const found = read_star(row);
        ASSERT_TRUE(found) << id;
        EXPECT_EQ(found->user_id, 7) << id;
    }
}

TEST(StarTest, KnowsProgramsByTypeAndByLogin) {
    auto const by_type = json::parse(
        R"({"starred_at": "2024-10-01T23:37:37Z", "user": {"login": "a", "type": "Bot"}})");
    auto const by_login = json::parse(
        R"({"occurred_at": "2024-10-01T23:37:37Z", "member": {"github": "renovate[bot]"}})");

    EXPECT_TRUE(read_star(by_type)->bot);
    EXPECT_TRUE(read_star(by_login)->bot);
}

struct malformed_case {
    std::string name;
    std::string row;
};

void PrintTo(malformed_case const& one, std::ostream* out) { *out << one.name; }

class MalformedStarTest : public testing::TestWithParam<malformed_case> {};

TEST_P(MalformedStarTest, IsNoStar) { EXPECT_FALSE(read_star(json::parse(GetParam().row))); }

INSTANTIATE_TEST_SUITE_P(
    Rows, MalformedStarTest,
    testing::Values(
        malformed_case{"Null", "null"}, malformed_case{"Text", R"("2024-10-01T23:37:37Z")"},
        malformed_case{"NoTime", R"({"user": {"login": "a", "id": 1}})"},
        malformed_case{"TimeIsNumber", R"({"starred_at": 1727825857, "user": {"login": "a"}})"},
        malformed_case{"TimeWithoutZone",
                       R"({"starred_at": "2024-10-01T23:37:37", "user": {"login": "a"}})"},
        malformed_case{"NoSuchDay",
                       R"({"starred_at": "2023-02-29T00:00:00Z", "user": {"login": "a"}})"},
        malformed_case{"DeletedAccount", R"({"starred_at": "2024-10-01T23:37:37Z", "user": null})"},
        malformed_case{"NoLogin", R"({"starred_at": "2024-10-01T23:37:37Z", "user": {"id": 1}})"},
        malformed_case{"EmptyLogin",
                       R"({"starred_at": "2024-10-01T23:37:37Z", "user": {"login": "", "id": 1}})"},
        malformed_case{
            "IdIsWord",
            R"({"starred_at": "2024-10-01T23:37:37Z", "user": {"login": "a", "id": "b"}})"},
        malformed_case{
            "IdIsZero",
            R"({"starred_at": "2024-10-01T23:37:37Z", "user": {"login": "a", "id": 0}})"},
        malformed_case{
            "IdIsFraction",
            R"({"starred_at": "2024-10-01T23:37:37Z", "user": {"login": "a", "id": 1.5}})"}),
    [](auto const& one) { return one.param.name; });

}  // namespace
}  // namespace conductor::workers
