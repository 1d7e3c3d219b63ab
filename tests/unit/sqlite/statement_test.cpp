#include <sqlite/database.hpp>
#include <sqlite/statement.hpp>

#include <support/temporary_folder.hpp>

#include <gtest/gtest.h>

#include <sqlite3.h>

namespace conductor::sqlite {
namespace {

using conductor::test::temporary_folder;

struct StatementTest : testing::Test {
    temporary_folder folder;
    database on =
        *database::open(folder.path("a.db"), access::read_write, std::chrono::milliseconds{0});

    void SetUp() override {
        ASSERT_TRUE(on.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, size INTEGER)"));
    }
};

TEST_F(StatementTest, GivesBackWhatWasBound) {
    auto insert = *on.prepare("INSERT INTO t (name, size) VALUES (?1, ?2)");
    std::string const odd{"O'Brien; DROP TABLE t; \0 ü", 27};
    ASSERT_TRUE(insert.bind(1, odd).bind(2, std::int64_t{1} << 40).run());
    ASSERT_TRUE(insert.bind(1, std::string_view{}).bind(2, std::int64_t{-1}).run());

    auto all = *on.prepare("SELECT name, size FROM t ORDER BY id");
    ASSERT_TRUE(*all.next());
    EXPECT_EQ(all.text(0), odd);
    EXPECT_EQ(all.number(1), std::int64_t{1} << 40);
    ASSERT_TRUE(*all.next());
    EXPECT_EQ(all.text(0), "");
    EXPECT_FALSE(all.is_null(0));
    EXPECT_FALSE(*all.next());
}

TEST_F(StatementTest, BindsNothingAsNull) {
    auto insert = *on.prepare("INSERT INTO t (name, size) VALUES (?1, ?2)");
    std::optional<std::string> const no_name;
    std::optional<std::int64_t> const no_size;
    ASSERT_TRUE(insert.bind(1, no_name).bind(2, no_size).run());

    auto all = *on.prepare("SELECT name, size FROM t");
    ASSERT_TRUE(*all.next());
    EXPECT_TRUE(all.is_null(0));
    EXPECT_TRUE(all.is_null(1));
    EXPECT_EQ(all.text(0), "");
    EXPECT_EQ(all.number(1), 0);
}

TEST_F(StatementTest, CanRunAnewAfterItsEndAndAfterAReset) {
    ASSERT_TRUE(on.execute("INSERT INTO t (name) VALUES ('a'), ('b')"));
    auto one = *on.prepare("SELECT name FROM t WHERE id = ?1");

    ASSERT_TRUE(*one.bind(1, std::int64_t{1}).next());
    EXPECT_EQ(one.text(0), "a");
    one.reset();
    ASSERT_TRUE(*one.bind(1, std::int64_t{2}).next());
    EXPECT_EQ(one.text(0), "b");
    EXPECT_FALSE(*one.next());
    EXPECT_TRUE(*one.next());
}

TEST_F(StatementTest, AConstraintThatIsBrokenIsAnErrorAndTheStatementLivesOn) {
    auto insert = *on.prepare("INSERT INTO t (id) VALUES (?1)");
    ASSERT_TRUE(insert.bind(1, std::int64_t{1}).run());

    auto const again = insert.bind(1, std::int64_t{1}).run();

    ASSERT_TRUE(again.has_error());
    EXPECT_EQ(again.error().code, make_error(SQLITE_CONSTRAINT_PRIMARYKEY));
    EXPECT_EQ(again.error().detail, on.file());
    EXPECT_TRUE(insert.bind(1, std::int64_t{2}).run());
}

TEST_F(StatementTest, ABindThatFailsIsToldByTheStep) {
    auto insert = *on.prepare("INSERT INTO t (id) VALUES (?1)");

    auto const done = insert.bind(1, std::int64_t{1}).bind(7, std::int64_t{1}).run();

    ASSERT_TRUE(done.has_error());
    EXPECT_EQ(done.error().code, make_error(SQLITE_RANGE));
    EXPECT_EQ(*on.number("SELECT count(*) FROM t"), 0);
    EXPECT_TRUE(insert.bind(1, std::int64_t{1}).run());
}

}  // namespace
}  // namespace conductor::sqlite
