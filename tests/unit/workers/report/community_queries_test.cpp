#include <report/community_queries.hpp>

#include "community_case.hpp"
#include "some_community.hpp"

#include <support/temporary_folder.hpp>

#include <gtest/gtest.h>

namespace conductor::workers::report {
namespace {

using test::community_case;
using test::november;

community read(community_case& from, list_limits limits = {}) {
    return read_community(from.database(), limits).value();
}

TEST(CommunityQueriesTest, AnEmptyDatabaseIsAnEmptyCommunity) {
    community_case empty;
    auto const of = read(empty);
    EXPECT_TRUE(of.repositories.empty());
    EXPECT_EQ(of.people, 0);
    EXPECT_EQ(of.loaded_until, "");
}

TEST(CommunityQueriesTest, CountsByRepositoryAndKind) {
    community_case it;
    it.add_people();
    it.add("w", "k1", "1, 1, 'star:created', '2026-11-01T10:00:00Z', 'l'");
    it.add("w", "k2", "2, 1, 'star:created', '2026-11-01T23:59:59Z', 'l'");
    it.add("w", "k3", "1, 1, 'fork:created', '2026-11-02T00:00:00Z', 'l'");
    it.add("w", "k4", "3, 1, 'contributor:created', '2026-11-03T00:00:00Z', 'l'");
    auto const of = read(it);
    ASSERT_EQ(of.repositories.size(), 2U);
    auto const& one = of.repositories[0];
    EXPECT_EQ(one.name, "a/one");
    EXPECT_EQ(one.people, 3);
    EXPECT_EQ(one.of(activity_kind::star).total, 2);
    EXPECT_EQ(one.of(activity_kind::star).days, (std::vector<day_count>{{november(1), 2}}));
    EXPECT_EQ(one.of(activity_kind::fork).days, (std::vector<day_count>{{november(2), 1}}));
    EXPECT_EQ(one.of(activity_kind::contributor).total, 1);
    EXPECT_EQ(of.repositories[1].people, 0);
    EXPECT_EQ(of.people, 3);
}

TEST(CommunityQueriesTest, TheSameActivityInSeveralWorkspacesCountsOnce) {
    community_case it;
    it.add_people();
    it.add("own", "k1", "1, 1, 'star:created', '2026-11-03T10:00:00Z', 'l'");
    it.add("all", "k1", "1, 1, 'star:created', '2026-11-02T10:00:00Z', 'l'");
    // Someone without a name is told apart by the key alone.
    it.add("own", "k2", "NULL, 1, 'star:created', '2026-11-03T10:00:00Z', 'l'");
    it.add("all", "k2", "NULL, 1, 'star:created', '2026-11-03T10:00:00Z', 'l'");
    it.add("all", "k3", "NULL, 1, 'star:created', '2026-11-03T10:00:00Z', 'l'");
    auto const of = read(it);
    EXPECT_EQ(of.repositories[0].of(activity_kind::star).total, 3);
    EXPECT_EQ(of.repositories[0].of(activity_kind::star).days,
              (std::vector<day_count>{{november(2), 1}, {november(3), 2}}));
    EXPECT_EQ(of.repositories[0].people, 1);
}

TEST(CommunityQueriesTest, TheRepositoryWithTheMostStarsComesFirst) {
    community_case it;
    it.add_people();
    it.run(
        "INSERT INTO repositories (id, github_id, full_name, first_seen) VALUES"
        " (3, 33, NULL, ''), (4, NULL, NULL, '')");
    it.add("w", "k1", "1, 2, 'star:created', '2026-11-01T10:00:00Z', 'l'");
    auto const of = read(it);
    ASSERT_EQ(of.repositories.size(), 4U);
    EXPECT_EQ(of.repositories[0].name, "b/two");
    EXPECT_EQ(of.repositories[1].name, "repository 33");
    EXPECT_EQ(of.repositories[2].name, "unnamed repository 4");
    EXPECT_EQ(of.repositories[3].name, "a/one");
}

TEST(CommunityQueriesTest, TellsWhoStarredSeveralRepositories) {
    community_case it;
    it.add_people();
    for (std::string const who : {"1", "2", "3"})
        it.add("w", "a" + who, who + ", 1, 'star:created', '2026-11-01T10:00:00Z', 'l'");
    it.add("w", "b1", "1, 2, 'star:created', '2026-11-01T10:00:00Z', 'l'");
    it.add("w", "b2", "2, 2, 'star:created', '2026-11-01T10:00:00Z', 'l'");
    it.add("all", "b2", "2, 2, 'star:created', '2026-11-01T10:00:00Z', 'l'");
    it.add("w", "f3", "3, 2, 'fork:created', '2026-11-01T10:00:00Z', 'l'");
    auto const of = read(it);
    EXPECT_EQ(of.shared_stars, (std::vector<std::vector<std::int64_t>>{{3, 2}, {2, 2}}));
    EXPECT_EQ(of.shared_people_count, 2);
    ASSERT_EQ(of.shared_people.size(), 2U);
    EXPECT_EQ(of.shared_people[0].who, (person{"ann", true}));
    EXPECT_EQ(of.shared_people[0].starred, (std::vector<std::size_t>{0, 1}));
    EXPECT_EQ(of.shared_people[1].who, (person{"bob", true}));

    auto const cut = read(it, {.shared_people = 1});
    EXPECT_EQ(cut.shared_people_count, 2);
    ASSERT_EQ(cut.shared_people.size(), 1U);
    EXPECT_EQ(cut.shared_people[0].starred.size(), 2U);
}

TEST(CommunityQueriesTest, ListsTheNewestFirstAndContributorsApart) {
    community_case it;
    it.add_people();
    it.add("w", "k1", "1, 1, 'star:created', '2026-11-01T10:00:00Z', 'l'");
    it.add("w", "k2", "2, 2, 'fork:created', '2026-11-02T10:00:00Z', 'l'");
    it.add("w", "k3", "3, 1, 'contributor:created', '2026-11-03T00:00:00Z', 'l'");
    auto const of = read(it);
    ASSERT_EQ(of.newest.size(), 2U);
    EXPECT_EQ(of.newest[0].who.name, "bob");
    EXPECT_EQ(of.newest[0].what, activity_kind::fork);
    EXPECT_EQ(of.newest[0].when, "2026-11-02T10:00:00Z");
    EXPECT_EQ(of.repositories[of.newest[0].where].name, "b/two");
    EXPECT_EQ(of.newest[1].who.name, "ann");
    ASSERT_EQ(of.newest_contributors.size(), 1U);
    EXPECT_EQ(of.newest_contributors[0].who.name, "cat");
    EXPECT_EQ(read(it, {.newest = 1}).newest.size(), 1U);
}

TEST(CommunityQueriesTest, NamesPeopleByWhatIsKnown) {
    community_case it;
    it.add_people();
    it.run(
        "UPDATE people SET login = NULL WHERE id = 1;"
        "UPDATE people SET source = 'discourse' WHERE id = 2;"
        "UPDATE people SET login = NULL, uid = NULL WHERE id = 3");
    it.add("w", "k1", "1, 1, 'star:created', '2026-11-04T10:00:00Z', 'l'");
    it.add("w", "k2", "2, 1, 'star:created', '2026-11-03T10:00:00Z', 'l'");
    it.add("w", "k3", "3, 1, 'star:created', '2026-11-02T10:00:00Z', 'l'");
    it.add("w", "k4", "NULL, 1, 'star:created', '2026-11-01T10:00:00Z', 'l'");
    auto const of = read(it);
    ASSERT_EQ(of.newest.size(), 4U);
    EXPECT_EQ(of.newest[0].who, (person{"account 101", false}));
    EXPECT_EQ(of.newest[1].who, (person{"bob", false}));
    EXPECT_EQ(of.newest[2].who, (person{"", false}));
    EXPECT_EQ(of.newest[3].who, (person{"", false}));
}

TEST(CommunityQueriesTest, WhatCannotBeShownIsCounted) {
    community_case it;
    it.add_people();
    it.add("w", "k1", "1, 1, 'issue:opened', '2026-11-01T10:00:00Z', 'l'");
    it.add("all", "k1", "1, 1, 'issue:opened', '2026-11-01T10:00:00Z', 'l'");
    it.add("w", "k2", "1, NULL, 'star:created', '2026-11-01T10:00:00Z', 'l'");
    it.add("w", "k3", "1, 1, NULL, '2026-11-01T10:00:00Z', 'l'");
    it.add("w", "k4", "1, 1, 'star:created', 'long ago', 'l'");
    auto const of = read(it);
    EXPECT_EQ(of.others, 3);
    EXPECT_EQ(of.undated, 1);
    EXPECT_EQ(of.repositories[0].of(activity_kind::star).total, 1);
    EXPECT_TRUE(of.repositories[0].of(activity_kind::star).days.empty());
}

TEST(CommunityQueriesTest, ALoadOfDuplicatesAloneCountsAsALoad) {
    community_case it;
    it.add_people();
    it.add("w", "k1", "1, 1, 'star:created', '2026-11-01T10:00:00Z', '2026-11-02T00:00:05Z'");
    EXPECT_EQ(read(it).loaded_until, "2026-11-02T00:00:05Z");
    it.run(
        "INSERT INTO runs (workflow_id, workspace, started_at, finished_at, created, duplicates)"
        " VALUES ('f', 'w', '2026-11-03T00:00:01Z', '2026-11-03T00:00:05Z', 0, 1)");
    EXPECT_EQ(read(it).loaded_until, "2026-11-03T00:00:05Z");
}

TEST(CommunityQueriesTest, ReadsWhileAnotherConnectionWrites) {
    test::temporary_folder const folder;
    auto const file = folder.path("community.db");
    community_case it{file};
    it.add_people();
    it.add("w", "k1", "1, 1, 'star:created', '2026-11-01T10:00:00Z', 'l'");
    it.run("BEGIN IMMEDIATE");
    it.add("w", "k2", "2, 1, 'star:created', '2026-11-01T10:00:00Z', 'l'");
    auto reading =
        sqlite::database::open(file, sqlite::access::read_only, std::chrono::milliseconds{0});
    ASSERT_TRUE(reading);
    auto const before = read_community(*reading);
    ASSERT_TRUE(before) << before.error().message();
    EXPECT_EQ(before->repositories[0].people, 1);
    it.run("COMMIT");
    EXPECT_EQ(read_community(*reading)->repositories[0].people, 2);
}

TEST(CommunityQueriesTest, RefusesWhatIsNoCommunityDatabaseOfThisVersion) {
    community_case it;
    it.run("PRAGMA user_version = 99");
    auto const newer = read_community(it.database());
    ASSERT_TRUE(newer.has_error());
    EXPECT_EQ(newer.error().code, errc::bad_value);
    EXPECT_NE(newer.error().detail.find("version 99"), std::string::npos) << newer.error().detail;
}

}  // namespace
}  // namespace conductor::workers::report
