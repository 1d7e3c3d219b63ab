#include <daemon/text_file.hpp>

#include <support/temporary_folder.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

TEST(TextFileTest, ReadsAWholeFile) {
    temporary_folder const folder;
    std::string const text(100'000, 'x');
    EXPECT_EQ(*daemon::read_text_file(folder.write("a", text)), text);
    EXPECT_EQ(*daemon::read_text_file(folder.write("empty", "")), "");
}

TEST(TextFileTest, NamesTheFileThatCannotBeRead) {
    temporary_folder const folder;
    auto const missing = daemon::read_text_file(folder.path("missing"));
    ASSERT_TRUE(missing.has_error());
    EXPECT_EQ(missing.error().detail, folder.path("missing"));
    EXPECT_TRUE(daemon::read_text_file(folder.path()).has_error());
}

TEST(TextFileTest, RefusesAFileWithoutEnd) {
    auto const endless = daemon::read_text_file("/dev/zero");
    ASSERT_TRUE(endless.has_error());
    EXPECT_EQ(endless.error().code, errc::body_too_large);
}

}  // namespace
}  // namespace conductor::test
