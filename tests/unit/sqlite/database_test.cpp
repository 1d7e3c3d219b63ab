#include <sqlite/database.hpp>

#include <support/temporary_folder.hpp>

#include <gtest/gtest.h>

#include <filesystem>

#include <sqlite3.h>

namespace conductor::sqlite {
namespace {

using conductor::test::temporary_folder;
using std::chrono::milliseconds;

database open(std::string const& file) {
    return *database::open(file, access::read_write, milliseconds{0});
}

TEST(DatabaseTest, MakesTheFileInWalModeWithEachCommitOnTheDisk) {
    temporary_folder const folder;
    auto on = open(folder.path("a.db"));

    auto mode = *on.prepare("PRAGMA journal_mode");
    ASSERT_TRUE(*mode.next());
    EXPECT_EQ(mode.text(0), "wal");
    EXPECT_EQ(*on.number("PRAGMA synchronous"), 2);
    EXPECT_EQ(*on.number("PRAGMA foreign_keys"), 1);
    EXPECT_TRUE(std::filesystem::exists(folder.path("a.db")));
}

TEST(DatabaseTest, NamesTheFileThatCannotBeOpened) {
    temporary_folder const folder;
    auto const file = folder.path("missing/a.db");

    auto const opened = database::open(file, access::read_write, milliseconds{0});

    ASSERT_TRUE(opened.has_error());
    EXPECT_EQ(opened.error().message(), "unable to open database file (SQLite 14): " + file);
}

TEST(DatabaseTest, ReadingMakesNoFile) {
    temporary_folder const folder;

    auto const opened = database::open(folder.path("a.db"), access::read_only, milliseconds{0});

    EXPECT_TRUE(opened.has_error());
    EXPECT_FALSE(std::filesystem::exists(folder.path("a.db")));
}

TEST(DatabaseTest, ReadingWritesNothing) {
    temporary_folder const folder;
    ASSERT_TRUE(open(folder.path("a.db")).execute("CREATE TABLE t (id)"));

    auto on = *database::open(folder.path("a.db"), access::read_only, milliseconds{0});

    EXPECT_EQ(*on.number("SELECT count(*) FROM t"), 0);
    EXPECT_EQ(on.execute("INSERT INTO t VALUES (1)").error().code, make_error(SQLITE_READONLY));
}

TEST(DatabaseTest, AnotherKindOfFileIsRefused) {
    temporary_folder const folder;
    auto const file = folder.write("a.db", "not a database, and long enough to be looked at\n");

    auto const opened = database::open(file, access::read_write, milliseconds{0});

    ASSERT_TRUE(opened.has_error());
    EXPECT_EQ(opened.error().code, make_error(SQLITE_NOTADB));
}

TEST(DatabaseTest, CountsAndNumbersItsChanges) {
    temporary_folder const folder;
    auto on = open(folder.path("a.db"));
    ASSERT_TRUE(on.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)"));
    ASSERT_TRUE(on.execute("INSERT INTO t VALUES (5), (7)"));

    EXPECT_EQ(on.last_id(), 7);
    EXPECT_EQ(on.changes(), 2);
    EXPECT_EQ(*on.number("SELECT id FROM t WHERE id > 9"), 0);
}

TEST(TransactionTest, IsRolledBackUnlessItCommits) {
    temporary_folder const folder;
    auto on = open(folder.path("a.db"));
    ASSERT_TRUE(on.execute("CREATE TABLE t (id)"));
    {
        auto lost = transaction::begin(on);
        ASSERT_TRUE(lost);
        ASSERT_TRUE(on.execute("INSERT INTO t VALUES (1)"));
    }
    auto kept = transaction::begin(on);
    ASSERT_TRUE(kept);
    ASSERT_TRUE(on.execute("INSERT INTO t VALUES (2)"));
    ASSERT_TRUE(kept->commit());

    EXPECT_EQ(*on.number("SELECT count(*) FROM t"), 1);
    EXPECT_EQ(*on.number("SELECT id FROM t"), 2);
}

TEST(TransactionTest, ASecondWriterIsToldSo) {
    temporary_folder const folder;
    auto first = open(folder.path("a.db"));
    auto second = open(folder.path("a.db"));
    auto const writing = transaction::begin(first);
    ASSERT_TRUE(writing);

    auto const refused = transaction::begin(second);

    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error().code, make_error(SQLITE_BUSY));
}

}  // namespace
}  // namespace conductor::sqlite
