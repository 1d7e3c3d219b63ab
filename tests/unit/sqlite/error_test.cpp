#include <sqlite/error.hpp>

#include <gtest/gtest.h>

#include <sqlite3.h>

namespace conductor::sqlite {
namespace {

TEST(SqliteErrorTest, SaysWhatSqliteMeansByTheNumber) {
    auto const code = make_error(SQLITE_BUSY);

    EXPECT_EQ(code.message(), "database is locked (SQLite 5)");
    EXPECT_STREQ(code.category().name(), "sqlite");
    EXPECT_TRUE(code.failed());
}

TEST(SqliteErrorTest, TheLastFailureNamesTheFileAndNotTheData) {
    sqlite3* connection = nullptr;
    ASSERT_EQ(sqlite3_open(":memory:", &connection), SQLITE_OK);
    sqlite3_exec(connection, "SELECT 'hunter2' FROM nowhere", nullptr, nullptr, nullptr);

    auto const failure = last_failure(connection, "community.db");

    EXPECT_EQ(failure.message(), "SQL logic error (SQLite 1): community.db");
    sqlite3_close(connection);
}

}  // namespace
}  // namespace conductor::sqlite
