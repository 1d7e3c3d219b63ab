#include <orbit_upload/community_writer.hpp>

#include <community/community_schema.hpp>

#include <support/temporary_folder.hpp>

#include <gtest/gtest.h>

#include <vector>

namespace conductor::workers {
namespace {

using conductor::test::temporary_folder;
using strings = std::vector<std::string>;

struct CommunityWriterTest : testing::Test {
    temporary_folder folder;
    sqlite::database on = *sqlite::database::open(folder.path("a.db"), sqlite::access::read_write,
                                                  std::chrono::milliseconds{0});

    void SetUp() override { ASSERT_TRUE(prepare_community_schema(on)); }

    bool add(community_activity activity, std::string workspace = "oss") {
        auto writer = *community_writer::prepare(on, std::move(workspace), "2026-01-01T00:00:00Z");
        activity.occurred_at = "2024-05-01T10:00:00Z";
        auto const added = writer.add(activity);
        EXPECT_TRUE(added) << added.error().message();
        return added && *added;
    }

    void add_star(std::string key, activity_person who, activity_repository what = {}) {
        community_activity star{.key = std::move(key), .person = std::move(who)};
        if (what.github_id || what.full_name) star.repository = std::move(what);
        add(std::move(star));
    }

    strings rows(std::string_view sql, int columns) {
        auto asked = *on.prepare(sql);
        strings found;
        while (*asked.next()) {
            std::string row;
            for (int column = 0; column != columns; ++column) {
                row += column == 0 ? "" : "|";
                row += asked.is_null(column) ? "NULL" : std::string{asked.text(column)};
            }
            found.push_back(row);
        }
        return found;
    }

    strings people() { return rows("SELECT source, uid, login FROM people ORDER BY id", 3); }
    strings repositories() {
        return rows("SELECT github_id, full_name FROM repositories ORDER BY id", 2);
    }
};

TEST_F(CommunityWriterTest, StoresAllOfAnActivity) {
    EXPECT_TRUE(add({.key = "k",
                     .type = "star:created",
                     .title = "starred",
                     .link = "https://github.com/o/r",
                     .person = activity_person{"github", "11", "ann"},
                     .repository = activity_repository{7, "o/r"}}));

    EXPECT_EQ(rows("SELECT workspace, key, type, title, link, occurred_at, login, full_name, "
                   "loaded_at FROM activities JOIN people ON people.id = person_id "
                   "JOIN repositories ON repositories.id = repository_id",
                   9),
              strings{"oss|k|star:created|starred|https://github.com/o/r|2024-05-01T10:00:00Z|ann|"
                      "o/r|2026-01-01T00:00:00Z"});
}

TEST_F(CommunityWriterTest, TheFirstActivityOfAKeyStays) {
    EXPECT_TRUE(add({.key = "k", .title = "first"}));
    EXPECT_FALSE(add({.key = "k", .title = "second"}));
    EXPECT_TRUE(add({.key = "k", .title = "other workspace"}, "all"));

    EXPECT_EQ(rows("SELECT title FROM activities WHERE workspace = 'oss'", 1), strings{"first"});
}

TEST_F(CommunityWriterTest, AnActivityOfNobodyAboutNothingIsStored) {
    EXPECT_TRUE(add({.key = "k"}));

    EXPECT_EQ(rows("SELECT person_id, repository_id, type, title, link FROM activities", 5),
              strings{"NULL|NULL|NULL|NULL|NULL"});
    EXPECT_EQ(people(), strings{});
    EXPECT_EQ(repositories(), strings{});
}

TEST_F(CommunityWriterTest, APersonKeepsTheirNumberOverAChangeOfName) {
    add_star("k1", {"github", "11", "ann"});
    add_star("k2", {"github", "11", "anne"});
    add_star("k3", {"github", "11", std::nullopt});

    EXPECT_EQ(people(), strings{"github|11|anne"});
}

TEST_F(CommunityWriterTest, ANameThatAnotherAccountTookIsAnotherPerson) {
    add_star("k1", {"github", "11", "ann"});
    add_star("k2", {"github", "12", "ann"});
    add_star("k3", {"github", std::nullopt, "ANN"});

    EXPECT_EQ(people(), (strings{"github|11|ann", "github|12|ann"}));
    EXPECT_EQ(rows("SELECT key FROM activities WHERE person_id = 2 ORDER BY key", 1),
              (strings{"k2", "k3"}));
}

TEST_F(CommunityWriterTest, APersonKnownByNameGetsTheirNumberLater) {
    add_star("k1", {"github", std::nullopt, "Ann"});
    add_star("k2", {"github", std::nullopt, "ann"});
    add_star("k3", {"gitlab", std::nullopt, "ann"});
    add_star("k4", {"github", "11", "ann"});

    EXPECT_EQ(people(), (strings{"github|11|ann", "gitlab|NULL|ann"}));
    EXPECT_EQ(rows("SELECT count(*) FROM activities WHERE person_id = 1", 1), strings{"3"});
}

TEST_F(CommunityWriterTest, ARepositoryKeepsItsNumberOverAChangeOfName) {
    add_star("k1", {"github", "11", "ann"}, {7, "netflix/conductor"});
    add_star("k2", {"github", "11", "ann"}, {7, "conductor-oss/conductor"});
    add_star("k3", {"github", "11", "ann"}, {7, std::nullopt});

    EXPECT_EQ(repositories(), strings{"7|conductor-oss/conductor"});
}

TEST_F(CommunityWriterTest, ARepositoryKnownByNameGetsItsNumberLater) {
    add_star("k1", {"github", "11", "ann"}, {std::nullopt, "o/r"});
    add_star("k2", {"github", "11", "ann"}, {std::nullopt, "O/R"});
    add_star("k3", {"github", "11", "ann"}, {7, "O/R"});
    add_star("k4", {"github", "11", "ann"}, {std::nullopt, "o/r"});
    add_star("k5", {"github", "11", "ann"}, {8, std::nullopt});

    EXPECT_EQ(repositories(), (strings{"7|O/R", "8|NULL"}));
    EXPECT_EQ(rows("SELECT count(*) FROM activities WHERE repository_id = 1", 1), strings{"4"});
}

TEST_F(CommunityWriterTest, ARunAddsUpItsBatches) {
    auto first = *community_writer::prepare(on, "oss", "2026-01-01T00:00:00Z");
    ASSERT_TRUE(first.note_run("w", {true, true, false}));
    auto second = *community_writer::prepare(on, "oss", "2026-01-01T00:05:00Z");
    ASSERT_TRUE(second.note_run("w", {true, false}));
    ASSERT_TRUE(second.note_run("v", {}));

    EXPECT_EQ(rows("SELECT workflow_id, workspace, started_at, finished_at, created, duplicates "
                   "FROM runs ORDER BY id",
                   6),
              (strings{"w|oss|2026-01-01T00:00:00Z|2026-01-01T00:05:00Z|3|2",
                       "v|oss|2026-01-01T00:05:00Z|2026-01-01T00:05:00Z|0|0"}));
}

TEST_F(CommunityWriterTest, NothingThatIsStoredIsSql) {
    std::string const evil = "x'); DROP TABLE people; --";
    add_star(evil, {"github", evil, evil}, {std::nullopt, evil});

    EXPECT_EQ(people(), strings{"github|" + evil + "|" + evil});
    EXPECT_EQ(repositories(), strings{"NULL|" + evil});
}

}  // namespace
}  // namespace conductor::workers
