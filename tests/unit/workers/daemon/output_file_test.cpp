#include <support/temporary_folder.hpp>

#include <daemon/output_file.hpp>
#include <daemon/text_file.hpp>

#include <gtest/gtest.h>

#include <filesystem>

#include <sys/stat.h>

namespace conductor::test {
namespace {

std::ptrdiff_t files_in(temporary_folder const& folder) {
    return std::distance(std::filesystem::directory_iterator{folder.path()}, {});
}

TEST(OutputFileTest, WritesANewFileAndReplacesAnOldOne) {
    temporary_folder const folder;
    auto const path = folder.path("out.html");
    std::string const text(100'000, 'x');
    ASSERT_TRUE(daemon::replace_file(path, "old"));
    ASSERT_TRUE(daemon::replace_file(path, text));
    EXPECT_EQ(*daemon::read_text_file(path), text);
    EXPECT_EQ(files_in(folder), 1);
}

TEST(OutputFileTest, OthersMayReadItAsFarAsTheMaskAllows) {
    temporary_folder const folder;
    auto const before = ::umask(027);
    auto const done = daemon::replace_file(folder.path("out.html"), "text");
    ::umask(before);
    ASSERT_TRUE(done);
    EXPECT_EQ(std::filesystem::status(folder.path("out.html")).permissions(),
              std::filesystem::perms{0640});
}

TEST(OutputFileTest, WhoHasTheOldFileOpenKeepsIt) {
    temporary_folder const folder;
    auto const path = folder.write("out.html", "old");
    std::ifstream open{path};
    ASSERT_TRUE(daemon::replace_file(path, "new"));
    std::string text;
    open >> text;
    EXPECT_EQ(text, "old");
}

TEST(OutputFileTest, NamesThePathThatCannotBeWritten) {
    temporary_folder const folder;
    auto const path = folder.path("missing/out.html");
    auto const done = daemon::replace_file(path, "text");
    ASSERT_TRUE(done.has_error());
    EXPECT_EQ(done.error().detail, path);
    EXPECT_EQ(done.error().code, boost::system::errc::no_such_file_or_directory);
}

TEST(OutputFileTest, ReplacesNothingButAFile) {
    temporary_folder const folder;
    auto const pipe = folder.path("pipe");
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_TRUE(daemon::replace_file(pipe, "text").has_error());
    EXPECT_TRUE(std::filesystem::is_fifo(pipe));
    EXPECT_TRUE(daemon::replace_file(folder.path(), "text").has_error());
    EXPECT_EQ(files_in(folder), 1);
}

}  // namespace
}  // namespace conductor::test
