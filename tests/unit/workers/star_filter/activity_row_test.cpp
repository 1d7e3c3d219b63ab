#include <star_filter/activity_row.hpp>

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <ostream>
#include <string>

namespace conductor::workers {
namespace {

namespace json = boost::json;

TEST(ActivityRowTest, ReadsARowOfGitHub) {
    auto const row = json::parse(R"({
        "starred_at": "2024-10-01T23:37:37Z",
        "user": {"login": "Ann", "id": 583231, "type": "User", "site_admin": false}})");

    auto const found = read_activity_row(row);

    ASSERT_TRUE(found);
    EXPECT_EQ(format_instant(found->at.value()), "2024-10-01T23:37:37Z");
    EXPECT_EQ(found->at_text, "2024-10-01T23:37:37Z");
    EXPECT_EQ(found->login, "Ann");
    EXPECT_EQ(found->user_id, 583231);
    EXPECT_FALSE(found->bot);
}

TEST(ActivityRowTest, ReadsARowOfTheArticle) {
    auto const row = json::parse(R"({
        "occurred_at": "2024-10-01T23:37:37Z", "title": "starred", "member": {"github": "ann"}})");

    auto const found = read_activity_row(row);

    ASSERT_TRUE(found);
    EXPECT_EQ(found->login, "ann");
    EXPECT_FALSE(found->user_id);
}

TEST(ActivityRowTest, ReadsAFork) {
    auto const row = json::parse(R"({
        "forked_at": "2024-10-01T23:37:37Z", "user": {"login": "ann", "id": 7, "type": "User"},
        "repo": {"id": 9, "full_name": "ann/conductor"}})");

    auto const found = read_activity_row(row);

    ASSERT_TRUE(found);
    EXPECT_EQ(found->kind, activity_kind::fork);
    EXPECT_EQ(found->at_text, "2024-10-01T23:37:37Z");
    EXPECT_EQ(found->user_id, 7);
}

TEST(ActivityRowTest, AContributorHasNoDate) {
    auto const row = json::parse(R"({"contributions": 12, "user": {"login": "ann", "id": 7}})");

    auto const found = read_activity_row(row);

    ASSERT_TRUE(found);
    EXPECT_EQ(found->kind, activity_kind::contributor);
    EXPECT_FALSE(found->at);
    EXPECT_EQ(found->login, "ann");
}

TEST(ActivityRowTest, TakesAnIdInEveryFormThatJsonGivesIt) {
    for (std::string const id : {"7", "7.0", "\"7\""}) {
        auto const row = json::parse(
            R"({"starred_at": "2024-10-01T23:37:37Z", "user": {"login": "a", "id": )" + id + "}}");
        auto const found = read_activity_row(row);
        ASSERT_TRUE(found) << id;
        EXPECT_EQ(found->user_id, 7) << id;
    }
}

TEST(ActivityRowTest, KnowsProgramsByTypeAndByLogin) {
    auto const by_type = json::parse(
        R"({"starred_at": "2024-10-01T23:37:37Z", "user": {"login": "a", "type": "Bot"}})");
    auto const by_login = json::parse(
        R"({"occurred_at": "2024-10-01T23:37:37Z", "member": {"github": "renovate[bot]"}})");

    EXPECT_TRUE(read_activity_row(by_type)->bot);
    EXPECT_TRUE(read_activity_row(by_login)->bot);
}

struct malformed_case {
    std::string name;
    std::string row;
};

void PrintTo(malformed_case const& one, std::ostream* out) { *out << one.name; }

class MalformedRowTest : public testing::TestWithParam<malformed_case> {};

TEST_P(MalformedRowTest, IsNone) { EXPECT_FALSE(read_activity_row(json::parse(GetParam().row))); }

INSTANTIATE_TEST_SUITE_P(
    Rows, MalformedRowTest,
    testing::Values(
        malformed_case{"Null", "null"}, malformed_case{"Text", R"("2024-10-01T23:37:37Z")"},
        malformed_case{"NoTime", R"({"user": {"login": "a", "id": 1}})"},
        malformed_case{"TimeIsNumber", R"({"starred_at": 1727825857, "user": {"login": "a"}})"},
        malformed_case{"TimeWithoutZone",
                       R"({"starred_at": "2024-10-01T23:37:37", "user": {"login": "a"}})"},
        malformed_case{"NoSuchDay",
                       R"({"starred_at": "2023-02-29T00:00:00Z", "user": {"login": "a"}})"},
        malformed_case{"DeletedAccount", R"({"starred_at": "2024-10-01T23:37:37Z", "user": null})"},
        malformed_case{"AnonymousContributor",
                       R"({"contributions": 3, "user": null, "name": "Ann"})"},
        malformed_case{"ForkWithoutTime", R"({"forked_at": null, "user": {"login": "a"}})"},
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
