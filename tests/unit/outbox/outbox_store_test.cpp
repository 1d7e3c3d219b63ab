#include "outbox_store.hpp"

#include "outbox_file.hpp"
#include "some_entry.hpp"

#include <support/file_size_limit.hpp>
#include <support/temporary_folder.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include <sqlite3.h>

namespace conductor::storage {
namespace {

using test::some_entry;

struct OutboxStoreTest : testing::Test {
    test::temporary_folder folder;
    std::string path = folder.path("outbox.db");
    outbox_store store{path};

    result<outbox_key> insert(outbox_row const& row) {
        auto writing = store.begin();
        if (!writing) return writing.error();
        auto const key = store.insert(row);
        if (!key) return key;
        auto const kept = writing->commit();
        return kept ? key : result<outbox_key>{kept.error()};
    }
};

TEST_F(OutboxStoreTest, GivesBackWhatWasStored) {
    auto const row = *to_row(some_entry());

    auto const key = insert(row);

    ASSERT_TRUE(key);
    EXPECT_EQ(**store.read(*key), row);
    EXPECT_EQ(*store.read(*key + 1), std::nullopt);
}

TEST_F(OutboxStoreTest, NeverUsesAKeyAgain) {
    auto const first = insert(*to_row(some_entry()));
    ASSERT_TRUE(first && store.erase(*first));

    EXPECT_EQ(*insert(*to_row(some_entry())), *first + 1);
}

TEST_F(OutboxStoreTest, ForgettingWhatIsUnknownIsNoError) { EXPECT_TRUE(store.erase(99)); }

TEST_F(OutboxStoreTest, ListsWhatWasThere) {
    auto const row = *to_row(some_entry());
    ASSERT_TRUE(insert(row) && insert(row) && store.erase(1));
    outbox_ledger ledger{10, 100'000};

    store.list(ledger);

    EXPECT_EQ(ledger.keys(), std::vector<outbox_key>{2});
    EXPECT_EQ(ledger.level(),
              (outbox_level{.rows = 1, .bytes = size_of(row), .oldest = some_entry().created}));
}

TEST_F(OutboxStoreTest, WhatDidNotCommitIsNotThere) {
    {
        auto const writing = store.begin();
        ASSERT_TRUE(writing);
        ASSERT_TRUE(store.insert(*to_row(some_entry())));
    }
    outbox_ledger ledger{10, 100'000};
    store.list(ledger);

    EXPECT_EQ(ledger.level(), outbox_level{});
}

TEST_F(OutboxStoreTest, ADiskThatIsFullIsToldAndWhatIsThereStays) {
    auto const row = *to_row(some_entry());
    auto large = row;
    large.output = std::string(1'000'000, 'x');
    ASSERT_TRUE(insert(row));
    {
        test::file_size_limit const full{std::filesystem::file_size(path + "-wal") + 4096};
        EXPECT_TRUE(insert(large).has_error());
    }

    EXPECT_EQ(**store.read(1), row);
    ASSERT_TRUE(insert(large));
    EXPECT_EQ(**store.read(2), large);
}

TEST(OutboxStoreErrorTest, AFullDiskIsToldByTheSystemsCode) {
    auto const told = as_told({.code = sqlite::make_error(SQLITE_FULL), .detail = "a.db"});

    EXPECT_EQ(told.code, boost::system::errc::no_space_on_device);
    EXPECT_EQ(told.detail, "a.db");
    EXPECT_EQ(as_told({.code = sqlite::make_error(SQLITE_IOERR)}).code,
              sqlite::make_error(SQLITE_IOERR));
}

}  // namespace
}  // namespace conductor::storage
