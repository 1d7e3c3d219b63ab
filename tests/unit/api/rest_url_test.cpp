#include "api/rest_url.hpp"

#include <gtest/gtest.h>

namespace conductor::api {
namespace {

TEST(RestUrlTest, DropsTrailingSlashesOfTheBase) {
    EXPECT_EQ(*normalise_base("http://localhost:8080/api/"), "http://localhost:8080/api");
    EXPECT_EQ(*normalise_base("https://play.example//"), "https://play.example");
    EXPECT_EQ(*normalise_base("http://[::1]:8080/api"), "http://[::1]:8080/api");
}

TEST(RestUrlTest, RefusesWhatIsNoServerAddress) {
    for (auto const* url : {"", "localhost:8080/api", "/api", "ftp://host/api", "http://",
                            "http://user:pass@host/api", "http://host/api?x=1", "http://host/#a",
                            "http://ho st/api", "http://host/\r\nX: y"}) {
        auto const base = normalise_base(url);
        ASSERT_TRUE(base.has_error()) << url;
        EXPECT_EQ(base.error().code, errc::bad_url) << url;
    }
}

TEST(RestUrlTest, EncodesArgumentsAndQuery) {
    EXPECT_EQ(make_url("http://h/api", {.path = "/tasks/{}/log/{}",
                                        .arguments = {"a/b c", "ä"},
                                        .query = {{"q", "x&y=z"}, {"n", "1"}}}),
              "http://h/api/tasks/a%2Fb%20c/log/%C3%A4?q=x%26y%3Dz&n=1");
}

TEST(RestUrlTest, AnArgumentNeverStepsUpThePath) {
    EXPECT_EQ(make_url("http://h/api", {.path = "/tasks/{}", .arguments = {".."}}),
              "http://h/api/tasks/%252E%252E");
}

TEST(RestUrlTest, BracesInAnArgumentAreNotFilled) {
    EXPECT_EQ(make_url("http://h", {.path = "/{}/{}", .arguments = {"{}", "b"}}),
              "http://h/%7B%7D/b");
}

}  // namespace
}  // namespace conductor::api
