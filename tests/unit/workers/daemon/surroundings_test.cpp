#include <daemon/config/surroundings.hpp>

#include <support/temporary_folder.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

TEST(SurroundingsTest, ReadsTheEnvironmentOfTheProcess) {
    ::setenv("CONDUCTOR_TEST_VARIABLE", "v", 1);
    ::setenv("CONDUCTOR_TEST_EMPTY", "", 1);
    auto const around = daemon::surroundings::of_process();
    EXPECT_EQ(around.variable("CONDUCTOR_TEST_VARIABLE"), "v");
    EXPECT_FALSE(around.variable("CONDUCTOR_TEST_EMPTY"));
    EXPECT_FALSE(around.variable("CONDUCTOR_TEST_MISSING"));
}

TEST(SurroundingsTest, AFileIsReadableAndAFolderIsNot) {
    temporary_folder const folder;
    auto const around = daemon::surroundings::of_process();
    EXPECT_TRUE(around.readable(folder.write("a.pem", "x")));
    EXPECT_TRUE(around.readable(folder.write("empty.pem", "")));
    EXPECT_FALSE(around.readable(folder.path("missing.pem")));
    EXPECT_FALSE(around.readable(folder.path()));
}

}  // namespace
}  // namespace conductor::test
