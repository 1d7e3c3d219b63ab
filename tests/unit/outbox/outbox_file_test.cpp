#include "outbox_file.hpp"

#include "some_entry.hpp"

#include <conductor/config_error.hpp>
#include <support/closed_folder.hpp>
#include <support/forked_process.hpp>
#include <support/temporary_folder.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <sys/stat.h>

namespace conductor::storage {
namespace {

using test::temporary_folder;

std::string refusal(std::string const& path) {
    try {
        open_outbox_file(path);
    } catch (config_error const& error) {
        return error.what();
    }
    return "not refused";
}

std::string bytes_of(std::string const& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

mode_t mode_of(std::string const& path) {
    struct stat found {};
    return ::stat(path.c_str(), &found) == 0 ? found.st_mode & 0777U : 0;
}

struct OutboxFileTest : testing::Test {
    temporary_folder folder;
    std::string path = folder.path("outbox.db");

    sqlite::database plain(std::string const& file) const {
        return *sqlite::database::open(file, sqlite::access::read_write,
                                       std::chrono::milliseconds{0});
    }
};

TEST_F(OutboxFileTest, IsMadeForItsOwnerAlone) {
    auto on = open_outbox_file(path);
    EXPECT_TRUE(on.execute("INSERT INTO sqlite_sequence VALUES ('x', 1)"));

    EXPECT_EQ(mode_of(path), 0600U);
    EXPECT_EQ(mode_of(path + "-wal"), 0600U);
    EXPECT_FALSE(std::filesystem::exists(path + "-shm"));
}

TEST_F(OutboxFileTest, IsClosedToOthersAgain) {
    static_cast<void>(open_outbox_file(path));
    std::filesystem::permissions(path, std::filesystem::perms{0666});
    folder.write("outbox.db-wal", "");
    std::filesystem::permissions(path + "-wal", std::filesystem::perms{0644});

    auto const on = open_outbox_file(path);

    EXPECT_EQ(mode_of(path), 0600U);
    EXPECT_EQ(mode_of(path + "-wal"), 0600U);
}

TEST_F(OutboxFileTest, WaitsForTheDiskAtEachCommit) {
    auto on = open_outbox_file(path);

    EXPECT_EQ(*on.number("PRAGMA synchronous"), 2);
    auto mode = *on.prepare("PRAGMA journal_mode");
    ASSERT_TRUE(*mode.next());
    EXPECT_EQ(mode.text(0), "wal");
}

TEST_F(OutboxFileTest, AnEmptyFileBecomesAnOutbox) {
    folder.write("outbox.db", "");

    EXPECT_EQ(*open_outbox_file(path).number("SELECT count(*) FROM results"), 0);
}

TEST_F(OutboxFileTest, ServesOneProcessAtATime) {
    auto const refused = "outbox " + path +
                         ": another process uses it; end that one, or give each a path of its own";
    {
        auto const on = open_outbox_file(path);
        test::forked_process other{[&] { return refusal(path) == refused; }};
        EXPECT_TRUE(other.succeeded());
        EXPECT_EQ(refusal(path), refused);
        test::forked_process third{[&] { return refusal(path) == refused; }};
        EXPECT_TRUE(third.succeeded());
    }
    EXPECT_EQ(refusal(path), "not refused");
}

TEST_F(OutboxFileTest, AnotherKindOfFileIsRefusedAndLeftAlone) {
    std::string const text(4096, 'x');
    folder.write("outbox.db", text);

    EXPECT_EQ(refusal(path),
              "outbox " + path + ": it is the file of something else; name another path");
    EXPECT_EQ(bytes_of(path), text);
}

TEST_F(OutboxFileTest, ADatabaseOfSomethingElseIsRefusedAndLeftAlone) {
    ASSERT_TRUE(plain(path).execute("CREATE TABLE people (id)"));
    std::filesystem::permissions(path, std::filesystem::perms{0644});
    auto const before = bytes_of(path);

    EXPECT_EQ(refusal(path),
              "outbox " + path + ": it is the file of something else; name another path");
    EXPECT_EQ(bytes_of(path), before);
    EXPECT_EQ(mode_of(path), 0644U);
}

TEST_F(OutboxFileTest, ALaterVersionIsRefused) {
    ASSERT_TRUE(open_outbox_file(path).execute("PRAGMA user_version = 2"));

    EXPECT_EQ(refusal(path), "outbox " + path +
                                 ": it is of version 2, and this program knows 1; use the program "
                                 "that made it, or a newer one");
}

TEST_F(OutboxFileTest, ADamagedFileIsRefusedAndKept) {
    {
        auto on = open_outbox_file(path);
        ASSERT_TRUE(
            on.execute("WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 "
                       "FROM n WHERE value < 100) INSERT INTO results SELECT value, 0, 0, "
                       "0, '', '', '', '', '', '', 0, hex(zeroblob(1000)), '', '', '' FROM n"));
    }
    {
        std::fstream file{path, std::ios::binary | std::ios::in | std::ios::out};
        file.seekp(4096);
        file << std::string(20 * 4096, '\x5a');
    }
    auto const before = bytes_of(path);

    auto const said = refusal(path);

    EXPECT_TRUE(said.starts_with("outbox " + path + ": it is damaged (")) << said;
    EXPECT_TRUE(said.ends_with("); move it away to keep what can be saved of it, and start again"));
    EXPECT_EQ(bytes_of(path), before);
}

TEST_F(OutboxFileTest, AFolderThatIsNotThereIsNamed) {
    auto const missing = folder.path("none/outbox.db");

    EXPECT_EQ(refusal(missing), "outbox " + missing +
                                    ": it cannot be made (No such file or directory); see to its "
                                    "folder, or name another path");
    EXPECT_EQ(refusal(""), "outbox: a path is missing");
}

}  // namespace
}  // namespace conductor::storage
