#include "outbox_request.hpp"

#include "some_entry.hpp"

#include <support/file_size_limit.hpp>
#include <support/temporary_folder.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace conductor::storage {
namespace {

template <class What>
std::shared_ptr<outbox_request> asked(What what) {
    return std::make_shared<outbox_request>(outbox_request{.what = std::move(what)});
}

std::shared_ptr<outbox_request> put(std::string const& output = "{}") {
    auto row = *to_row(test::some_entry());
    row.output = output;
    return asked(put_request{.row = std::move(row)});
}

template <class What>
auto const& outcome(std::shared_ptr<outbox_request> const& of) {
    return std::get<What>(of->what).outcome;
}

struct OutboxRequestTest : testing::Test {
    test::temporary_folder folder;
    std::string path = folder.path("outbox.db");
    outbox_store store{path};
};

TEST_F(OutboxRequestTest, WritesThatCameTogetherShareATransaction) {
    outbox_batch const batch{put(), put(), asked(remove_request{.key = 1}), put()};

    EXPECT_EQ(carry_out(store, batch), 1U);

    EXPECT_EQ(*outcome<put_request>(batch[0]), 1);
    EXPECT_EQ(*outcome<put_request>(batch[1]), 2);
    EXPECT_EQ(*outcome<put_request>(batch[3]), 3);
    EXPECT_EQ(*store.read(1), std::nullopt);
    EXPECT_NE(*store.read(3), std::nullopt);
}

TEST_F(OutboxRequestTest, AReadSeesWhatWasAskedForBefore) {
    outbox_batch const batch{put(), asked(read_request{.key = 1}), asked(remove_request{.key = 1}),
                             asked(read_request{.key = 1})};

    EXPECT_EQ(carry_out(store, batch), 2U);

    EXPECT_EQ(**outcome<read_request>(batch[1]), std::get<put_request>(batch[0]->what).row);
    EXPECT_EQ(*outcome<read_request>(batch[3]), std::nullopt);
}

TEST_F(OutboxRequestTest, NoneFailsForAnother) {
    outbox_batch const batch{put(), put(std::string(1'000'000, 'x')), put()};
    {
        test::file_size_limit const full{200'000};
        EXPECT_EQ(carry_out(store, batch), 4U);
    }

    EXPECT_TRUE(outcome<put_request>(batch[0]));
    EXPECT_FALSE(outcome<put_request>(batch[1]));
    EXPECT_TRUE(outcome<put_request>(batch[2]));
    outbox_ledger ledger{10, 10'000'000};
    store.list(ledger);
    EXPECT_EQ(ledger.level().rows, 2U);
}

TEST_F(OutboxRequestTest, NothingIsNoTransaction) { EXPECT_EQ(carry_out(store, {}), 0U); }

}  // namespace
}  // namespace conductor::storage
