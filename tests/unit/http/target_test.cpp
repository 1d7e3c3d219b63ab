#include "http/target.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace conductor::http {
namespace {

target parsed(std::string_view url) {
    auto const where = parse_target(url);
    EXPECT_TRUE(where) << url;
    return where ? *where : target{};
}

TEST(TargetTest, TakesAUrlApart) {
    EXPECT_EQ(parsed("http://host.example:8080/a/b?c=d"),
              (target{{false, "host.example", 8080}, "/a/b?c=d"}));
    EXPECT_EQ(parsed("https://10.0.0.1/a%20b"), (target{{true, "10.0.0.1", 443}, "/a%20b"}));
}

TEST(TargetTest, AnEmptyPathIsTheRoot) {
    EXPECT_EQ(parsed("http://h").path, "/");
    EXPECT_EQ(parsed("http://h?q=1").path, "/?q=1");
}

TEST(TargetTest, DropsTheFragment) { EXPECT_EQ(parsed("http://h/a?b#secret").path, "/a?b"); }

TEST(TargetTest, SchemeAndHostIgnoreCase) {
    EXPECT_EQ(parsed("HTTP://Host.Example/Path"), (target{{false, "host.example", 80}, "/Path"}));
}

TEST(TargetTest, TakesBracketsOffIpv6) {
    EXPECT_EQ(parsed("http://[::1]:9/").origin, (origin{false, "::1", 9}));
}

struct bad_url {
    std::string name;
    std::string url;
};

void PrintTo(bad_url const& fault, std::ostream* out) { *out << fault.name; }

class BadUrlTest : public testing::TestWithParam<bad_url> {};

TEST_P(BadUrlTest, IsRefusedWithoutRepeatingIt) {
    auto const where = parse_target(GetParam().url);
    ASSERT_FALSE(where);
    EXPECT_EQ(where.error().code, errc::bad_url);
    EXPECT_FALSE(where.error().detail.empty());
    EXPECT_EQ(where.error().detail.find("s3cret"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    TargetTest, BadUrlTest,
    testing::Values(bad_url{"Empty", ""}, bad_url{"Relative", "/a"}, bad_url{"NoScheme", "h/a"},
                    bad_url{"OtherScheme", "ftp://h/"}, bad_url{"NoAuthority", "http:/a"},
                    bad_url{"NoHost", "http:///a"}, bad_url{"User", "http://u:s3cret@h/"},
                    bad_url{"EmptyUser", "http://@h/"}, bad_url{"Space", "http://h/a b"},
                    bad_url{"NewLine", "http://h/a\r\nX: s3cret"},
                    bad_url{"Nul", std::string("http://h/\0s3cret", 16)},
                    bad_url{"NotAscii", "http://h\xc3\xb6st/"},
                    bad_url{"EncodedHost", "http://h%0as3cret/"},
                    bad_url{"PortZero", "http://h:0/"}, bad_url{"PortTooLarge", "http://h:65536/"},
                    bad_url{"PortFarTooLarge", "http://h:99999/"},
                    bad_url{"PortText", "http://h:x/"}, bad_url{"FutureAddress", "http://[v1.a]/"},
                    bad_url{"HostList", "http://a,b/"}),
    [](auto const& instance) { return instance.param.name; });

TEST(TargetTest, HostValueOmitsTheSchemesOwnPort) {
    EXPECT_EQ(host_value({false, "h", 80}), "h");
    EXPECT_EQ(host_value({true, "h", 443}), "h");
    EXPECT_EQ(host_value({true, "h", 80}), "h:80");
    EXPECT_EQ(host_value({false, "::1", 80}), "[::1]");
}

TEST(TargetTest, AuthorityAlwaysHasThePort) {
    EXPECT_EQ(authority({true, "h", 443}), "h:443");
    EXPECT_EQ(authority({false, "::1", 80}), "[::1]:80");
    EXPECT_EQ(to_string(origin{true, "h", 443}), "https://h:443");
}

TEST(TargetTest, PathOnlyHidesTheQuery) {
    EXPECT_EQ(path_only(parsed("http://h/a?token=s3cret")), "/a");
}

TEST(TargetTest, OriginsDifferBySchemeHostAndPort) {
    origin const one{false, "h", 80};
    EXPECT_EQ(one, (origin{false, "h", 80}));
    EXPECT_NE(one, (origin{true, "h", 80}));
    EXPECT_NE(one, (origin{false, "i", 80}));
    EXPECT_NE(one, (origin{false, "h", 81}));
}

}  // namespace
}  // namespace conductor::http
