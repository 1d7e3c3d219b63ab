#include "http/watched_files.hpp"

#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace conductor::http {
namespace {

TEST(WatchedFilesTest, TheFirstLookSeesAChangeAndTheNextNone) {
    test::temporary_folder const folder;
    watched_files files({folder.write("a.pem", "1"), ""});
    EXPECT_TRUE(files.have_changed());
    EXPECT_FALSE(files.have_changed());
}

TEST(WatchedFilesTest, SeesOneThatWasWrittenAgain) {
    test::temporary_folder const folder;
    watched_files files({folder.write("a.pem", "1"), folder.write("b.pem", "2")});
    files.have_changed();
    folder.write("b.pem", "22");
    EXPECT_TRUE(files.have_changed());
    EXPECT_FALSE(files.have_changed());
}

TEST(WatchedFilesTest, SeesOneThatTookAnothersPlace) {
    test::temporary_folder const folder;
    watched_files files({folder.write("a.pem", "1")});
    files.have_changed();
    std::filesystem::rename(folder.write("new.pem", "2"), folder.path("a.pem"));
    EXPECT_TRUE(files.have_changed());
}

// As Kubernetes renews the files of a secret.
TEST(WatchedFilesTest, SeesALinkThatLeadsElsewhere) {
    test::temporary_folder const folder;
    folder.write("1/a.pem", "1");
    folder.write("2/a.pem", "2");
    std::filesystem::create_directory_symlink("1", folder.path("data"));
    watched_files files({folder.path("data/a.pem")});
    files.have_changed();
    std::filesystem::create_directory_symlink("2", folder.path("next"));
    std::filesystem::rename(folder.path("next"), folder.path("data"));
    EXPECT_TRUE(files.have_changed());
}

TEST(WatchedFilesTest, SeesOneThatIsGoneAndOneThatIsBack) {
    test::temporary_folder const folder;
    watched_files files({folder.write("a.pem", "1")});
    files.have_changed();
    std::filesystem::remove(folder.path("a.pem"));
    EXPECT_TRUE(files.have_changed());
    EXPECT_FALSE(files.have_changed());
    folder.write("a.pem", "1");
    EXPECT_TRUE(files.have_changed());
}

TEST(WatchedFilesTest, WithoutPathsNothingIsWatched) {
    watched_files files({"", ""});
    EXPECT_TRUE(files.empty());
    EXPECT_FALSE(files.have_changed());
}

}  // namespace
}  // namespace conductor::http
