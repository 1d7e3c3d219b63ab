#include <orbit_upload/http_channel.hpp>

#include <gtest/gtest.h>

#include <string>

namespace conductor::workers {
namespace {

TEST(SinkBaseTest, LosesTheSlashesAtItsEnd) {
    EXPECT_EQ(*sink_base("http://127.0.0.1:9002/api/v1//"), "http://127.0.0.1:9002/api/v1");
    EXPECT_EQ(*sink_base("https://orbit.example"), "https://orbit.example");
}

TEST(SinkBaseTest, IsAnAddressWithoutDecoration) {
    for (std::string const base :
         {"", "orbit.example/api", "ftp://orbit.example/", "http://user:hunter2@orbit.example/",
          "http://orbit.example/?a=b", "http://orbit.example/#top"}) {
        auto const read = sink_base(base);
        ASSERT_TRUE(read.has_error()) << base;
        EXPECT_EQ(read.error().code, errc::bad_url) << base;
        EXPECT_EQ(read.error().message().find("hunter2"), std::string::npos);
    }
}

TEST(PathSegmentTest, AWorkspaceStaysOneSegment) {
    EXPECT_EQ(path_segment("oss-stats"), "oss-stats");
    EXPECT_EQ(path_segment("a b?c=d#e%2F../"), "a%20b%3Fc%3Dd%23e%252F..%2F");
}

TEST(BearerTest, ShowsTheKey) { EXPECT_EQ(bearer(secret{std::string{"k3y"}}), "Bearer k3y"); }

}  // namespace
}  // namespace conductor::workers
