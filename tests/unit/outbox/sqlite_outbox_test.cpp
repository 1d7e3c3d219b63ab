#include <conductor/sqlite_outbox.hpp>

#include "some_entry.hpp"

#include <conductor/config_error.hpp>
#include <sqlite/database.hpp>
#include <support/file_size_limit.hpp>
#include <support/run_coroutine.hpp>
#include <support/temporary_folder.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace conductor {
namespace {

using test::run_coroutine;
using test::some_entry;
using keys = std::vector<outbox_key>;

// Spawned, so it takes a pointer to what outlives it.
awaitable<void> put(outbox* into, outbox_entry entry, std::vector<result<outbox_key>>* put_keys) {
    put_keys->push_back(co_await into->put(std::move(entry)));
}

struct SqliteOutboxTest : testing::Test {
    test::temporary_folder folder;
    boost::asio::io_context loop;
    std::string path = folder.path("outbox.db");
    std::unique_ptr<sqlite_outbox> box = opened();

    std::unique_ptr<sqlite_outbox> opened(std::size_t rows_max = 100,
                                          std::size_t bytes_max = 10'000'000) const {
        return std::make_unique<sqlite_outbox>(sqlite_outbox_options{path, rows_max, bytes_max});
    }
    void reopen(std::size_t rows_max = 100, std::size_t bytes_max = 10'000'000) {
        box.reset();
        box = opened(rows_max, bytes_max);
    }
    result<outbox_key> put_one(outbox_entry entry) {
        return run_coroutine(loop, box->put(std::move(entry)));
    }
    result<std::optional<outbox_entry>> read(outbox_key key) {
        return run_coroutine(loop, box->read(key));
    }
    keys all() { return *run_coroutine(loop, box->keys()); }
};

TEST_F(SqliteOutboxTest, AnEntryOutlivesTheProgramAsItWas) {
    auto const key = put_one(some_entry());
    ASSERT_TRUE(key);

    reopen();

    EXPECT_EQ(all(), keys{*key});
    EXPECT_EQ(**read(*key), some_entry());
}

TEST_F(SqliteOutboxTest, WhatWasRemovedIsGoneForGood) {
    ASSERT_TRUE(put_one(some_entry("t-1")) && put_one(some_entry("t-2")));

    EXPECT_TRUE(run_coroutine(loop, box->remove(1)));
    EXPECT_TRUE(run_coroutine(loop, box->remove(1)));
    reopen();

    EXPECT_EQ(all(), keys{2});
    EXPECT_EQ(*read(1), std::nullopt);
    EXPECT_EQ(*put_one(some_entry()), 3);
}

TEST_F(SqliteOutboxTest, KnowsItsLevelFromTheStart) {
    EXPECT_EQ(box->level(), outbox_level{});
    ASSERT_TRUE(put_one(some_entry()));
    auto const level = box->level();
    EXPECT_EQ(level.rows, 1U);
    EXPECT_GT(level.bytes, 300U);
    EXPECT_EQ(level.oldest, some_entry().created);

    reopen();

    EXPECT_EQ(box->level(), level);
}

TEST_F(SqliteOutboxTest, RefusesMoreRowsThanItMayHave) {
    reopen(2);
    ASSERT_TRUE(put_one(some_entry()) && put_one(some_entry()));
    EXPECT_TRUE(box->level().full);

    auto const refused = put_one(some_entry());

    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error().code, std::errc::no_space_on_device);
    EXPECT_EQ(refused.error().detail, "outbox " + path);
    ASSERT_TRUE(run_coroutine(loop, box->remove(1)));
    EXPECT_FALSE(box->level().full);
    EXPECT_TRUE(put_one(some_entry()));
}

TEST_F(SqliteOutboxTest, RefusesMoreBytesThanItMayHave) {
    reopen(100, 2'000);
    auto large = some_entry();
    large.update.reason = std::string(3'000, 'x');

    EXPECT_EQ(put_one(large).error().code, std::errc::no_space_on_device);
    EXPECT_TRUE(put_one(some_entry()));
}

TEST_F(SqliteOutboxTest, ManyPutsAtOnceAreAllKept) {
    std::vector<result<outbox_key>> put_keys;
    auto const ignore = [](std::exception_ptr) {};
    for (int number = 0; number < 50; ++number) {
        auto entry = some_entry("t-" + std::to_string(number));
        boost::asio::co_spawn(loop, put(box.get(), std::move(entry), &put_keys), ignore);
    }

    loop.run_for(test::time_limit);
    reopen();

    ASSERT_EQ(put_keys.size(), 50U);
    EXPECT_EQ(all().size(), 50U);
    for (int number = 0; number < 50; ++number)
        EXPECT_EQ((*read(number + 1))->update.task_id, "t-" + std::to_string(number));
}

TEST_F(SqliteOutboxTest, WhatWasAskedForIsDoneThoughTheLoopEnds) {
    std::vector<result<outbox_key>> put_keys;
    {
        boost::asio::io_context short_lived;
        auto const ignore = [](std::exception_ptr) {};
        boost::asio::co_spawn(short_lived, put(box.get(), some_entry(), &put_keys), ignore);
        short_lived.poll_one();
    }

    reopen();

    EXPECT_TRUE(put_keys.empty());
    EXPECT_EQ(all(), keys{1});
}

TEST_F(SqliteOutboxTest, ADiskThatIsFullIsToldAndPasses) {
    auto large = some_entry();
    large.update.reason = std::string(1'000'000, 'x');
    ASSERT_TRUE(put_one(some_entry("before")));
    auto const before = box->level();
    {
        test::file_size_limit const full{200'000};
        EXPECT_TRUE(put_one(large).has_error());
        EXPECT_EQ(box->level().rows, before.rows);
        EXPECT_EQ(box->level().bytes, before.bytes);
        EXPECT_EQ((*read(1))->update.task_id, "before");
    }

    EXPECT_TRUE(put_one(large));
    reopen();
    EXPECT_EQ(all().size(), 2U);
}

TEST_F(SqliteOutboxTest, AnEntryThatSomebodyChangedIsToldAndKept) {
    ASSERT_TRUE(put_one(some_entry()));
    box.reset();
    ASSERT_TRUE(
        sqlite::database::open(path, sqlite::access::read_write, std::chrono::milliseconds{0})
            ->execute("UPDATE results SET output = '{'"));
    box = opened();

    auto const found = read(1);

    ASSERT_TRUE(found.has_error());
    EXPECT_EQ(found.error().code, errc::bad_value);
    EXPECT_EQ(found.error().detail, "column output of an outbox " + path + ", key 1");
    EXPECT_EQ(all(), keys{1});
}

TEST_F(SqliteOutboxTest, AFileIsServedToOne) { EXPECT_THROW(opened(), config_error); }

}  // namespace
}  // namespace conductor
