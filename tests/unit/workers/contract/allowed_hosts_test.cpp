#include <contract/allowed_hosts.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace conductor::workers {
namespace {

bool allows(std::vector<std::string> const& entries, std::string_view url) {
    auto const hosts = allowed_hosts::parse(entries);
    auto const asked = parse_origin(url);
    return hosts.has_value() && asked.has_value() && hosts->contains(*asked);
}

TEST(OriginTest, FillsInThePortOfTheScheme) {
    EXPECT_EQ(*parse_origin("https://api.github.com/repos"),
              (origin{"https", "api.github.com", 443}));
    EXPECT_EQ(*parse_origin("http://api.github.com"), (origin{"http", "api.github.com", 80}));
    EXPECT_EQ(*parse_origin("http://127.0.0.1:9002/api"), (origin{"http", "127.0.0.1", 9002}));
}

TEST(OriginTest, SeesOneHostInEverySpelling) {
    EXPECT_EQ(*parse_origin("HTTPS://API.GitHub.com.:443/"),
              (origin{"https", "api.github.com", 443}));
    EXPECT_EQ(*parse_origin("http://[0:0:0:0:0:0:0:1]:80/"), (origin{"http", "::1", 80}));
    EXPECT_EQ(*parse_origin("http://[2001:DB8::1]/"), (origin{"http", "2001:db8::1", 80}));
}

class BadUrlTest : public testing::TestWithParam<char const*> {};

TEST_P(BadUrlTest, IsRefused) {
    auto const got = parse_origin(GetParam());
    ASSERT_TRUE(got.has_error());
    EXPECT_EQ(got.error().code, errc::bad_url);
}

INSTANTIATE_TEST_SUITE_P(
    Urls, BadUrlTest,
    testing::Values("", "api.github.com", "/repos", "//api.github.com/", "ftp://api.github.com/",
                    "file:///etc/passwd", "https:///repos", "https:api.github.com", "https://",
                    "https://api.github.com@evil.example/", "https://user:pass@api.github.com/",
                    "https://@api.github.com/", "https://api%2egithub.com/",
                    "https://api.github.com%00.evil.example/", "https://api.github.com:0/",
                    "https://api.github.com:65536/", "https://api.github.com:/",
                    "https://api.github.com:99999999999999999999/", "https://api.github.com:x/",
                    "https://evil.example\\@api.github.com/", "https://api github.com/",
                    "https://[::1/", "https://[v1.x]/", "https://./", "https://a../",
                    "https://a\r\nb/", "https://\xc3\xa4.example/"));

TEST(AllowedHostsTest, AllowsNoneByDefault) {
    EXPECT_FALSE(allowed_hosts{}.contains(*parse_origin("https://api.github.com")));
}

TEST(AllowedHostsTest, HostAloneMeansTheDefaultPort) {
    EXPECT_TRUE(allows({"ghe.example"}, "https://ghe.example/api/v3"));
    EXPECT_TRUE(allows({"ghe.example"}, "https://GHE.example:443/"));
    EXPECT_FALSE(allows({"ghe.example"}, "https://ghe.example:8443/"));
    EXPECT_FALSE(allows({"ghe.example"}, "https://ghe.example:80/"));
}

TEST(AllowedHostsTest, HostWithPortMeansThatPort) {
    EXPECT_TRUE(allows({"127.0.0.1:9001"}, "http://127.0.0.1:9001/"));
    EXPECT_FALSE(allows({"127.0.0.1:9001"}, "http://127.0.0.1:9002/"));
    EXPECT_FALSE(allows({"127.0.0.1:9001"}, "http://127.0.0.1/"));
}

TEST(AllowedHostsTest, ReadsBracketedAddresses) {
    EXPECT_TRUE(allows({"[::1]"}, "http://[0::1]/"));
    EXPECT_TRUE(allows({"[::1]:9001"}, "http://[::1]:9001/"));
    EXPECT_FALSE(allows({"[::1]:9001"}, "http://[::2]:9001/"));
}

TEST(AllowedHostsTest, ComparesWholeHosts) {
    EXPECT_FALSE(allows({"ghe.example"}, "https://ghe.example.evil.example/"));
    EXPECT_FALSE(allows({"ghe.example"}, "https://evil-ghe.example/"));
    EXPECT_FALSE(allows({"ghe.example"}, "https://api.ghe.example/"));
    EXPECT_FALSE(allows({"127.0.0.1"}, "http://2130706433/"));
}

TEST(AllowedHostsTest, NamesAnEntryThatCannotBeUsed) {
    for (std::string const entry : {"", "https://ghe.example", "user@ghe.example", "ghe.example:x",
                                    "ghe.example:0", "a b", "::1", "ghe.example/api"}) {
        auto const got = allowed_hosts::parse(std::vector{entry});
        ASSERT_TRUE(got.has_error()) << entry;
        EXPECT_EQ(got.error().code, errc::bad_value);
        EXPECT_TRUE(got.error().detail.starts_with('"' + entry + '"'));
    }
}

}  // namespace
}  // namespace conductor::workers
