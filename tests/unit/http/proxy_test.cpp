#include "http/proxy.hpp"

#include <conductor/config_error.hpp>

#include <gtest/gtest.h>

#include <map>
#include <ostream>
#include <string>

namespace conductor::http {
namespace {

TEST(ProxyTest, EmptyTextIsNoProxy) { EXPECT_EQ(parse_proxy("", "proxy.http"), std::nullopt); }

TEST(ProxyTest, ReadsHostAndPort) {
    EXPECT_EQ(parse_proxy("http://Proxy.example:3128", "f"), (proxy{"proxy.example", 3128, ""}));
    EXPECT_EQ(parse_proxy("http://[::1]:8080/", "f"), (proxy{"::1", 8080, ""}));
    EXPECT_EQ(parse_proxy("http://proxy.example", "f"), (proxy{"proxy.example", 80, ""}));
}

TEST(ProxyTest, TheSchemeMayBeLeftOut) {
    EXPECT_EQ(parse_proxy("proxy.example:3128", "f"), (proxy{"proxy.example", 3128, ""}));
}

TEST(ProxyTest, UserInformationBecomesABasicCredential) {
    EXPECT_EQ(parse_proxy("http://user:pa%3Ass@p:1", "f")->authorization, "Basic dXNlcjpwYTpzcw==");
    EXPECT_EQ(parse_proxy("http://user@p:1", "f")->authorization, "Basic dXNlcjo=");
}

class BadProxyTest : public testing::TestWithParam<char const*> {};

TEST_P(BadProxyTest, IsRefusedByFieldNameWithoutItsPassword) {
    try {
        parse_proxy(GetParam(), "proxy.https");
        FAIL();
    } catch (config_error const& error) {
        std::string const text = error.what();
        EXPECT_NE(text.find("proxy.https"), std::string::npos);
        EXPECT_EQ(text.find("s3cret"), std::string::npos);
    }
}

INSTANTIATE_TEST_SUITE_P(ProxyTest, BadProxyTest,
                         testing::Values("https://p:1", "socks5://u:s3cret@p:1", "http://",
                                         "http://u:s3cret@p:0", "http://u:s3cret@p:99999",
                                         "http://u:s3cret@/", "u:s3cret @p", "http://p\r\n"));

struct direct_case {
    std::string name;
    std::string list;
    std::string host;
    bool contained = true;
    std::uint16_t port = 80;
};

void PrintTo(direct_case const& one, std::ostream* out) { *out << one.name; }

class DirectHostsTest : public testing::TestWithParam<direct_case> {};

TEST_P(DirectHostsTest, Contains) {
    auto const& [name, list, host, contained, port] = GetParam();
    EXPECT_EQ(direct_hosts(list).contains({false, host, port}), contained);
}

INSTANTIATE_TEST_SUITE_P(
    ProxyTest, DirectHostsTest,
    testing::Values(direct_case{"Nothing", "", "a.example", false},
                    direct_case{"All", "*", "a.example"},
                    direct_case{"AllAmongOthers", "b, *", "a.example"},
                    direct_case{"Name", "b.example,a.example", "a.example"},
                    direct_case{"NameInAnotherCase", "A.Example", "a.example"},
                    direct_case{"SubDomain", "a.example", "x.a.example"},
                    direct_case{"SameEnding", "a.example", "xa.example", false},
                    direct_case{"ParentDomain", "x.a.example", "a.example", false},
                    direct_case{"DotDomain", ".a.example", "x.a.example"},
                    direct_case{"DotDomainItself", ".a.example", "a.example"},
                    direct_case{"StarDomain", "*.a.example", "x.a.example"},
                    direct_case{"Blanks", " a.example \t b.example", "b.example"},
                    direct_case{"Port", "a.example:81", "a.example", true, 81},
                    direct_case{"OtherPort", "a.example:81", "a.example", false, 80},
                    direct_case{"BadPort", "a.example:x", "a.example", false},
                    direct_case{"PortTooLarge", "a.example:99999", "a.example", false},
                    direct_case{"Address", "10.0.0.1", "10.0.0.1"},
                    direct_case{"AddressPort", "10.0.0.1:81", "10.0.0.1", true, 81},
                    direct_case{"AddressIsNoSuffix", "0.0.1", "10.0.0.1", true},
                    direct_case{"Network", "10.1.0.0/16", "10.1.200.3"},
                    direct_case{"OutsideNetwork", "10.1.0.0/16", "10.2.0.1", false},
                    direct_case{"OddNetwork", "10.1.128.0/17", "10.1.127.255", false},
                    direct_case{"InsideOddNetwork", "10.1.128.0/17", "10.1.129.0"},
                    direct_case{"WholeNetwork", "0.0.0.0/0", "8.8.8.8"},
                    direct_case{"NetworkHasNoNames", "0.0.0.0/0", "a.example", false},
                    direct_case{"BadNetwork", "10.0.0.0/33", "10.0.0.1", false},
                    direct_case{"Ipv6", "fd00::1", "fd00::1"},
                    direct_case{"Ipv6Brackets", "[fd00::1]", "fd00::1"},
                    direct_case{"Ipv6Port", "[fd00::1]:81", "fd00::1", true, 81},
                    direct_case{"Ipv6OtherPort", "[fd00::1]:81", "fd00::1", false, 80},
                    direct_case{"Ipv6OtherSpelling", "fd00:0::1", "fd00::0:1"},
                    direct_case{"Ipv6Network", "fd00::/8", "fdff::1"},
                    direct_case{"OutsideIpv6Network", "fd00::/8", "fe00::1", false},
                    direct_case{"FamiliesDiffer", "0.0.0.0/0", "fd00::1", false},
                    direct_case{"Separators", ",, ,", "a.example", false},
                    direct_case{"Dot", ".", "a.example", false}),
    [](auto const& instance) { return instance.param.name; });

proxy_selection selection(std::string no_proxy = "") {
    return proxy_selection{
        {.http = "plain:1", .https = "secure:2", .no_proxy = std::move(no_proxy)}};
}

TEST(ProxyTest, TheSchemeChoosesTheProxy) {
    auto const proxies = selection();
    EXPECT_EQ(proxies.find({false, "a.example", 80})->host, "plain");
    EXPECT_EQ(proxies.find({true, "a.example", 443})->host, "secure");
}

TEST(ProxyTest, WithoutAProxyTheWayIsDirect) {
    EXPECT_EQ(proxy_selection{{}}.find({false, "a.example", 80}), nullptr);
}

TEST(ProxyTest, ListedHostsAreDirect) {
    EXPECT_EQ(selection("a.example").find({true, "a.example", 443}), nullptr);
}

TEST(ProxyTest, LoopbackIsDirect) {
    auto const proxies = selection();
    for (auto const* host : {"localhost", "x.localhost", "127.0.0.1", "127.9.9.9", "::1"})
        EXPECT_EQ(proxies.find({false, host, 80}), nullptr) << host;
    EXPECT_NE(proxies.find({false, "128.0.0.1", 80}), nullptr);
    EXPECT_NE(proxies.find({false, "notlocalhost", 80}), nullptr);
}

TEST(ProxyTest, AnUnusableOptionIsNamed) {
    EXPECT_THROW(proxy_selection{{.http = "ftp://p"}}, config_error);
    EXPECT_THROW(proxy_selection{{.https = "https://p"}}, config_error);
}

proxy_options read(std::map<std::string, std::string> const& variables) {
    return read_proxy_variables([&](char const* name) -> char const* {
        auto const place = variables.find(name);
        return place == variables.end() ? nullptr : place->second.c_str();
    });
}

TEST(ProxyTest, ReadsTheVariables) {
    EXPECT_EQ(read({{"HTTP_PROXY", "a"}, {"HTTPS_PROXY", "b"}, {"NO_PROXY", "c"}}),
              (proxy_options{"a", "b", "c"}));
    EXPECT_EQ(read({}), proxy_options{});
}

TEST(ProxyTest, LowerCaseVariablesWin) {
    EXPECT_EQ(read({{"HTTP_PROXY", "A"},
                    {"http_proxy", "a"},
                    {"https_proxy", "b"},
                    {"HTTPS_PROXY", "B"},
                    {"no_proxy", ""},
                    {"NO_PROXY", "C"}}),
              (proxy_options{"a", "b", ""}));
}

TEST(ProxyTest, ACgiProgramIgnoresWhatItsClientCanSet) {
    EXPECT_EQ(read({{"REQUEST_METHOD", "GET"}, {"HTTP_PROXY", "evil"}, {"HTTPS_PROXY", "b"}}),
              (proxy_options{"", "b", ""}));
    EXPECT_EQ(read({{"REQUEST_METHOD", "GET"}, {"http_proxy", "a"}}).http, "a");
}

}  // namespace
}  // namespace conductor::http
