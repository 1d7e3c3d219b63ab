#include <community/community_schema.hpp>

#include <support/temporary_folder.hpp>

#include <gtest/gtest.h>

#include <vector>

namespace conductor::workers {
namespace {

using conductor::test::temporary_folder;
using sqlite::access;
using sqlite::database;

struct CommunitySchemaTest : testing::Test {
    temporary_folder folder;
    database on =
        *database::open(folder.path("a.db"), access::read_write, std::chrono::milliseconds{0});

    std::vector<std::string> rows(std::string_view sql) {
        auto asked = *on.prepare(sql);
        std::vector<std::string> found;
        while (*asked.next()) {
            found.push_back(std::string{asked.text(0)} + "|" + std::string{asked.text(1)} + "|" +
                            std::string{asked.text(2)});
        }
        return found;
    }

    // Two people: ann has starred both repositories, bob one; ann's first star is in two
    // workspaces.
    void fill() {
        ASSERT_TRUE(prepare_community_schema(on));
        ASSERT_TRUE(on.execute(R"sql(
            INSERT INTO people VALUES
                (1, 'github', '11', 'ann', ''), (2, 'github', '12', 'bob', '');
            INSERT INTO repositories VALUES (1, 7, 'o/a', ''), (2, 8, 'o/b', '');
            INSERT INTO activities VALUES
                (1, 'a', 'k1', 'star:created', NULL, NULL, '2024-05-01T23:59:59Z', 1, 1, ''),
                (2, 'all', 'k1', 'star:created', NULL, NULL, '2024-05-01T23:59:59Z', 1, 1, ''),
                (3, 'b', 'k2', 'star:created', NULL, NULL, '2024-05-02T00:00:00Z', 1, 2, ''),
                (4, 'a', 'k3', 'star:created', NULL, NULL, '2024-05-01T01:00:00Z', 2, 1, ''),
                (5, 'b', 'k4', 'fork:created', NULL, NULL, '2024-05-01T01:00:00Z', 2, 2, ''),
                (6, 'a', 'k5', NULL, NULL, NULL, '2024-05-01T01:00:00Z', NULL, NULL, '');
        )sql"));
    }
};

TEST_F(CommunitySchemaTest, IsMadeOnceAndThenThere) {
    ASSERT_TRUE(prepare_community_schema(on));
    ASSERT_TRUE(on.execute("INSERT INTO runs VALUES (1, 'w', 'oss', '', '', 1, 0)"));

    ASSERT_TRUE(prepare_community_schema(on));

    EXPECT_EQ(*on.number("PRAGMA user_version"), community_schema_version);
    EXPECT_EQ(*on.number("SELECT count(*) FROM runs"), 1);
    EXPECT_TRUE(check_community_schema(on));
}

TEST_F(CommunitySchemaTest, ANewerVersionIsLeftAlone) {
    ASSERT_TRUE(on.execute("PRAGMA user_version = 7"));

    for (auto const& done : {prepare_community_schema(on), check_community_schema(on)}) {
        ASSERT_TRUE(done.has_error());
        EXPECT_EQ(done.error().code, errc::bad_value);
        EXPECT_NE(done.error().detail.find("its schema is version 7, and this program knows "
                                           "versions up to 1"),
                  std::string::npos)
            << done.error().detail;
        EXPECT_NE(done.error().detail.find(on.file()), std::string::npos);
    }
}

TEST_F(CommunitySchemaTest, TheTablesOfSomethingElseAreLeftAlone) {
    ASSERT_TRUE(on.execute("CREATE TABLE customers (id)"));

    auto const done = prepare_community_schema(on);

    ASSERT_TRUE(done.has_error());
    EXPECT_NE(done.error().detail.find("tables of something else"), std::string::npos);
    EXPECT_TRUE(check_community_schema(on).has_error());
    EXPECT_EQ(*on.number("SELECT count(*) FROM sqlite_master"), 1);
}

TEST_F(CommunitySchemaTest, AnEmptyDatabaseCannotBeRead) {
    EXPECT_TRUE(check_community_schema(on).has_error());
}

TEST_F(CommunitySchemaTest, OneAccountIsOnePerson) {
    ASSERT_TRUE(prepare_community_schema(on));
    auto const add = [this](std::string const& values) {
        return on.execute("INSERT INTO people (source, uid, login, first_seen) VALUES " + values);
    };

    EXPECT_TRUE(add("('github', '1', 'ann', '')"));
    EXPECT_TRUE(add("('github', '1', 'bob', '')").has_error());
    EXPECT_TRUE(add("('github', NULL, 'Ann', '')"));
    EXPECT_TRUE(add("('github', NULL, 'aNN', '')").has_error());
    EXPECT_TRUE(add("('gitlab', NULL, 'ann', '')"));
}

TEST_F(CommunitySchemaTest, AnActivityNeedsItsPersonAndIsOncePerWorkspace) {
    fill();
    EXPECT_TRUE(on.execute("UPDATE activities SET person_id = 99").has_error());
    EXPECT_TRUE(on.execute("UPDATE activities SET workspace = 'a', key = 'k1'").has_error());
}

TEST_F(CommunitySchemaTest, TellsWhoStarredMoreThanOneRepository) {
    fill();

    EXPECT_EQ(rows("SELECT login, repositories, full_names FROM starred_more_than_one"),
              (std::vector<std::string>{"ann|2|o/a,o/b"}));
}

TEST_F(CommunitySchemaTest, CountsTheStarsOfADayOnceWhateverTheWorkspaces) {
    fill();

    EXPECT_EQ(rows("SELECT full_name, day, stars FROM stars_per_day ORDER BY full_name, day"),
              (std::vector<std::string>{"o/a|2024-05-01|2", "o/b|2024-05-02|1"}));
}

TEST_F(CommunitySchemaTest, ListsActivitiesWithTheirNamesAndWithout) {
    fill();

    EXPECT_EQ(rows("SELECT login, full_name, type FROM activity_list WHERE workspace = 'a' "
                   "ORDER BY key"),
              (std::vector<std::string>{"ann|o/a|star:created", "bob|o/a|star:created", "||"}));
}

}  // namespace
}  // namespace conductor::workers
