#include <orbit_upload/locked_file.hpp>

#include <support/closed_folder.hpp>
#include <support/file_size_limit.hpp>
#include <support/temporary_folder.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include <sys/stat.h>

namespace conductor::workers {
namespace {

using conductor::test::closed_folder;
using conductor::test::file_size_limit;
using conductor::test::temporary_folder;

struct LockedFileTest : testing::Test {
    temporary_folder folder;
    std::string path = folder.path("a.ndjson");

    locked_file open() const {
        auto opened = locked_file::open(path);
        EXPECT_TRUE(opened && *opened);
        return std::move(**opened);
    }

    std::string content() const {
        std::ifstream file{path, std::ios::binary};
        return {std::istreambuf_iterator<char>{file}, {}};
    }
};

TEST_F(LockedFileTest, IsMadeWhenItIsNotThere) {
    auto const file = open();

    EXPECT_EQ(file.size(), 0U);
    EXPECT_TRUE(std::filesystem::exists(path));
}

TEST_F(LockedFileTest, AddsAtTheEnd) {
    folder.write("a.ndjson", "before\n");
    auto file = open();

    ASSERT_TRUE(file.append("one\n"));
    ASSERT_TRUE(file.append("two\n"));

    EXPECT_EQ(content(), "before\none\ntwo\n");
    EXPECT_EQ(file.size(), 15U);
}

TEST_F(LockedFileTest, IsHeldByOneAtATime) {
    {
        auto const file = open();
        auto const second = locked_file::open(path);
        ASSERT_TRUE(second);
        EXPECT_FALSE(*second);
    }
    EXPECT_TRUE(*locked_file::open(path));
}

TEST_F(LockedFileTest, ReadsFromAnOffset) {
    std::string const text(600'000, 'x');
    folder.write("a.ndjson", "abc" + text);
    std::string read;

    ASSERT_TRUE(open().read(1, [&](std::string_view piece) { read += piece; }));

    EXPECT_EQ(read, "bc" + text);
}

TEST_F(LockedFileTest, CutsWhatLiesBehindASize) {
    folder.write("a.ndjson", "one\ntw");
    auto file = open();

    ASSERT_TRUE(file.cut(4));
    ASSERT_TRUE(file.append("three\n"));

    EXPECT_EQ(content(), "one\nthree\n");
}

TEST_F(LockedFileTest, ADiskThatIsFullLeavesNothingHalfWritten) {
    folder.write("a.ndjson", "one\n");
    auto file = open();
    auto const append = [&] {
        file_size_limit const full{6};
        return file.append("two\n");
    };

    auto const done = append();

    ASSERT_TRUE(done.has_error());
    EXPECT_EQ(done.error().detail, path);
    EXPECT_EQ(content(), "one\n");
    EXPECT_EQ(file.size(), 4U);
    ASSERT_TRUE(file.append("three\n"));
    EXPECT_EQ(content(), "one\nthree\n");
}

TEST_F(LockedFileTest, NamesTheFileThatMayNotBeOpened) {
    auto const open_closed = [this] {
        closed_folder const closed{folder.path()};
        return locked_file::open(path);
    };

    auto const opened = open_closed();

    ASSERT_TRUE(opened.has_error());
    EXPECT_EQ(opened.error().message(), "Permission denied: " + path);
}

TEST_F(LockedFileTest, NamesTheFileWhoseFolderIsMissing) {
    path = folder.path("missing/a.ndjson");

    auto const opened = locked_file::open(path);

    ASSERT_TRUE(opened.has_error());
    EXPECT_EQ(opened.error().code, boost::system::errc::no_such_file_or_directory);
}

TEST_F(LockedFileTest, APipeIsNoFile) {
    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);

    auto const opened = locked_file::open(path);

    ASSERT_TRUE(opened.has_error());
    EXPECT_EQ(opened.error().code, errc::bad_value);
    EXPECT_NE(opened.error().detail.find("is no plain file"), std::string::npos);
}

TEST_F(LockedFileTest, AFileOfTheSameNameIsAnother) {
    auto const first = open().identity();
    folder.write("b.ndjson", "");
    std::filesystem::rename(folder.path("b.ndjson"), path);

    EXPECT_NE(open().identity(), first);
}

}  // namespace
}  // namespace conductor::workers
