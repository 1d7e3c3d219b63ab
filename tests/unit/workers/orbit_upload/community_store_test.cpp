#include <orbit_upload/community_store.hpp>

#include <community/community_schema.hpp>

#include <support/closed_folder.hpp>
#include <support/file_size_limit.hpp>
#include <support/forked_process.hpp>
#include <support/temporary_folder.hpp>

#include <gtest/gtest.h>

#include <filesystem>

namespace conductor::workers {
namespace {

using conductor::test::closed_folder;
using conductor::test::file_size_limit;
using conductor::test::forked_process;
using conductor::test::temporary_folder;
using flags = std::vector<bool>;
using std::chrono::milliseconds;

community_batch batch_of(int first, int count) {
    community_batch batch{.workspace = "oss",
                          .workflow_id = "w",
                          .now = *parse_instant("2026-01-01T00:00:00Z"),
                          .activities = {}};
    for (int one = first; one != first + count; ++one) {
        auto const number = std::to_string(one);
        batch.activities.push_back({.key = "github:star:7:" + number,
                                    .type = "star:created",
                                    .title = std::string(100, 't'),
                                    .occurred_at = "2024-05-01T10:00:00Z",
                                    .person = activity_person{"github", number, "user" + number},
                                    .repository = activity_repository{7, "o/r"}});
    }
    return batch;
}

struct CommunityStoreTest : testing::Test {
    temporary_folder folder;
    std::string path = folder.path("community.db");

    result<flags> load(int first, int count) const {
        return load_batch(path, batch_of(first, count), milliseconds{0});
    }

    sqlite::database open() const {
        return *sqlite::database::open(path, sqlite::access::read_write, milliseconds{0});
    }

    std::int64_t count(std::string const& table) const {
        return *open().number("SELECT count(*) FROM " + table);
    }
};

TEST_F(CommunityStoreTest, MakesTheDatabaseAndSaysWhatIsNew) {
    EXPECT_EQ(*load(0, 2), (flags{true, true}));
    EXPECT_EQ(*load(1, 2), (flags{false, true}));
    EXPECT_EQ(count("activities"), 3);
    EXPECT_EQ(count("people"), 3);
    EXPECT_EQ(count("repositories"), 1);
    EXPECT_EQ(*open().number("SELECT created * 10 + duplicates FROM runs"), 31);
}

TEST_F(CommunityStoreTest, ATaskOfNoWorkflowIsNoRun) {
    auto batch = batch_of(0, 1);
    batch.workflow_id.clear();

    ASSERT_TRUE(load_batch(path, batch, milliseconds{0}));

    EXPECT_EQ(count("runs"), 0);
    EXPECT_EQ(count("activities"), 1);
}

TEST_F(CommunityStoreTest, LeavesOneFileBehind) {
    ASSERT_TRUE(load(0, 2));

    std::size_t files = 0;
    for (auto const& ignored : std::filesystem::directory_iterator{folder.path()}) {
        static_cast<void>(ignored);
        ++files;
    }
    EXPECT_EQ(files, 1U);
}

TEST_F(CommunityStoreTest, AFullDiskLoadsNothingOfABatch) {
    ASSERT_TRUE(load(0, 1));
    auto const load_on_full_disk = [this] {
        file_size_limit const full{std::filesystem::file_size(path) + 40'000};
        return load(1, 2000);
    };

    auto const failed = load_on_full_disk();

    ASSERT_TRUE(failed.has_error());
    EXPECT_EQ(failed.error().code.category(), sqlite::category());
    EXPECT_EQ(failed.error().detail, path);
    EXPECT_EQ(count("activities"), 1);
    EXPECT_EQ(count("people"), 1);
    EXPECT_EQ(*open().number("SELECT created FROM runs"), 1);
    EXPECT_TRUE(load(1, 2000));
}

TEST_F(CommunityStoreTest, AWriterThatHoldsItTooLongIsTold) {
    ASSERT_TRUE(load(0, 1));
    auto other = open();
    auto const writing = sqlite::transaction::begin(other);
    ASSERT_TRUE(writing);

    auto const failed = load(1, 1);

    ASSERT_TRUE(failed.has_error());
    EXPECT_EQ(failed.error().message(), "database is locked (SQLite 5): " + path);
}

TEST_F(CommunityStoreTest, AFolderThatMayNotBeEnteredIsTold) {
    ASSERT_TRUE(load(0, 1));
    auto const load_closed = [this] {
        closed_folder const closed{folder.path()};
        return load(1, 1);
    };

    auto const failed = load_closed();

    ASSERT_TRUE(failed.has_error());
    EXPECT_EQ(failed.error().message(), "unable to open database file (SQLite 14): " + path);
}

TEST_F(CommunityStoreTest, AFileThatMayOnlyBeReadIsTold) {
    ASSERT_TRUE(load(0, 1));
    using std::filesystem::perms;
    std::filesystem::permissions(path, perms::owner_read | perms::group_read | perms::others_read);
    std::filesystem::permissions(folder.path(),
                                 perms::owner_all | perms::others_read | perms::others_exec);
    std::filesystem::create_directory(folder.path("other"));
    auto const load_as_another = [this] {
        closed_folder const another_user{folder.path("other")};
        return load(1, 1);
    };

    auto const failed = load_as_another();

    EXPECT_TRUE(failed.has_error());
    EXPECT_EQ(failed.error().detail, path);
}

TEST_F(CommunityStoreTest, AnotherKindOfFileIsLeftAlone) {
    std::string const text(5000, 'x');
    folder.write("community.db", text);

    auto const failed = load(0, 1);

    ASSERT_TRUE(failed.has_error());
    EXPECT_EQ(failed.error().message(), "file is not a database (SQLite 26): " + path);
    EXPECT_EQ(std::filesystem::file_size(path), text.size());
}

TEST_F(CommunityStoreTest, ANewerSchemaIsLeftAlone) {
    ASSERT_TRUE(open().execute("PRAGMA user_version = 2"));

    auto const failed = load(0, 1);

    ASSERT_TRUE(failed.has_error());
    EXPECT_NE(failed.error().message().find("its schema is version 2"), std::string::npos);
}

// Loads the activities from `first` up by tens.
bool load_hundred(std::string const& path, int first) {
    for (int batch = 0; batch != 10; ++batch) {
        auto const loaded =
            load_batch(path, batch_of(first + batch * 10, 10), std::chrono::seconds{30});
        if (!loaded) return false;
    }
    return true;
}

TEST_F(CommunityStoreTest, TwoProcessesLoadEveryActivityOnce) {
    forked_process other{[this] { return load_hundred(path, 50); }};
    EXPECT_TRUE(load_hundred(path, 0));
    ASSERT_TRUE(other.succeeded());

    EXPECT_EQ(count("activities"), 150);
    EXPECT_EQ(count("people"), 150);
    EXPECT_EQ(*open().number("SELECT created + duplicates FROM runs"), 200);
    EXPECT_EQ(*open().number("SELECT created FROM runs"), 150);
}

}  // namespace
}  // namespace conductor::workers
