#include "outbox_row.hpp"

#include "some_entry.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace conductor::storage {
namespace {

using test::some_entry;

TEST(OutboxRowTest, GivesBackEveryMember) {
    auto const entry = some_entry();

    auto const read = to_entry(*to_row(entry));

    ASSERT_TRUE(read);
    EXPECT_EQ(*read, entry);
}

TEST(OutboxRowTest, GivesBackAnEmptyEntry) {
    auto const read = to_entry(*to_row({}));

    ASSERT_TRUE(read);
    EXPECT_EQ(*read, outbox_entry{});
}

TEST(OutboxRowTest, ATextThatSaysTheSameIsStoredOnce) {
    auto entry = some_entry();
    entry.update.output_text = to_row(entry)->output;

    auto const row = *to_row(entry);

    EXPECT_EQ(row.output, "");
    EXPECT_EQ(row.output_text, entry.update.output_text);
    EXPECT_EQ(*to_entry(row), entry);
}

TEST(OutboxRowTest, ATextThatSaysSomethingElseIsStoredBeside) {
    auto entry = some_entry();
    entry.update.output_text = R"({"bytes":"made readable"})";

    EXPECT_EQ(*to_entry(*to_row(entry)), entry);
}

TEST(OutboxRowTest, GivesBackEveryStatus) {
    for (auto const status : {task_status::in_progress, task_status::failed,
                              task_status::failed_with_terminal_error, task_status::completed}) {
        outbox_entry entry;
        entry.update.status = status;
        EXPECT_EQ(to_entry(*to_row(entry))->update.status, status) << to_string(status);
    }
}

TEST(OutboxRowTest, WhatJsonHasNoTextForIsRefused) {
    auto entry = some_entry();
    entry.update.output["list"] = boost::json::array{1, std::nan("")};
    EXPECT_EQ(to_row(entry).error().code, errc::bad_value);
    entry = some_entry();
    entry.update.extra["deep"] = {{"er", -std::numeric_limits<double>::infinity()}};

    EXPECT_EQ(to_row(entry).error().code, errc::bad_value);
}

TEST(OutboxRowTest, NamesTheColumnThatNoEntryLedTo) {
    for (auto const& [column, name] : {std::pair{&outbox_row::status, "status"},
                                       {&outbox_row::output, "output"},
                                       {&outbox_row::logs, "logs"},
                                       {&outbox_row::extra, "extra"}}) {
        auto row = *to_row(some_entry());
        row.*column = "{\"a\":";

        auto const read = to_entry(row);

        ASSERT_TRUE(read.has_error());
        EXPECT_EQ(read.error().code, errc::bad_value);
        EXPECT_EQ(read.error().detail, "column " + std::string{name} + " of an outbox");
    }
}

TEST(OutboxRowTest, CountsItsTexts) {
    auto row = *to_row(some_entry());
    auto const before = size_of(row);
    row.reason += "12345";

    EXPECT_EQ(size_of(row), before + 5);
    EXPECT_EQ(size_of({}), 64U);
}

}  // namespace
}  // namespace conductor::storage
