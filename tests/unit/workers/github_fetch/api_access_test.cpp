#include <github_fetch/api_access.hpp>

#include <conductor/config_error.hpp>

#include <gtest/gtest.h>

namespace conductor::workers::github {
namespace {

api_access access_to(std::string base, std::vector<std::string> hosts = {}) {
    return api_access{{.api_base = std::move(base), .allowed_hosts = std::move(hosts)}};
}

outcome<std::optional<std::string>> redirect(api_access const& access, http::headers headers,
                                             int status = 301) {
    http::response answer;
    answer.status = status;
    answer.headers = std::move(headers);
    return access.redirect(answer, "https://api.github.com/repos/a/b/stargazers?page=2");
}

TEST(ApiAccessTest, UsesTheConfiguredBase) {
    EXPECT_EQ(*access_to("https://api.github.com").base(""), "https://api.github.com");
    EXPECT_EQ(*access_to("https://ghe.example/api/v3//").base(""), "https://ghe.example/api/v3");
}

TEST(ApiAccessTest, NamesASettingThatCannotBeUsed) {
    for (auto const* const base :
         {"", "api.github.com", "ftp://x", "https://u:p@x", "https://x?y", "https://x#y"}) {
        EXPECT_THROW(access_to(base), config_error) << base;
    }
    EXPECT_THROW(access_to("https://x", {"https://y"}), config_error);
}

TEST(ApiAccessTest, OnlyTheConfiguredAddressMayLeadToThisMachine) {
    auto const access = access_to("http://github.internal:9001/api", {"ghe.example"});
    using http::local_addresses;
    EXPECT_EQ(access.local_addresses_of("http://github.internal:9001/api/repos/a/b"),
              local_addresses::allowed);
    for (auto const* const url :
         {"https://ghe.example/repos/a/b", "http://github.internal/x", "not a URL"})
        EXPECT_EQ(access.local_addresses_of(url), local_addresses::as_written) << url;
}

TEST(ApiAccessTest, AllowsABaseOfAnAllowedHostOnly) {
    auto const access = access_to("https://api.github.com", {"ghe.example", "127.0.0.1:9001"});
    EXPECT_EQ(*access.base("https://ghe.example/api/v3/"), "https://ghe.example/api/v3");
    EXPECT_EQ(*access.base("http://127.0.0.1:9001"), "http://127.0.0.1:9001");
    EXPECT_EQ(*access.base("https://API.github.com:443/x"), "https://API.github.com:443/x");
    for (auto const* const asked :
         {"https://evil.example", "http://127.0.0.1:9002", "http://api.github.com",
          "https://api.github.com@evil.example", "https://ghe.example/?x=", "not a url"}) {
        auto const base = access.base(asked);
        ASSERT_TRUE(base.has_error()) << asked;
        EXPECT_EQ(base.error().detail.find("evil"), std::string::npos);
    }
}

TEST(RedirectTest, IsNoneForOtherAnswers) {
    auto const access = access_to("https://api.github.com");
    for (int const status : {200, 204, 304, 404, 500}) {
        auto const to = redirect(access, {{"Location", "https://evil.example/"}}, status);
        ASSERT_TRUE(to.has_value());
        EXPECT_FALSE(to->has_value());
    }
}

TEST(RedirectTest, LeadsToTheSameHost) {
    auto const access = access_to("https://api.github.com");
    for (int const status : {301, 302, 303, 307, 308}) {
        EXPECT_EQ(
            **redirect(access, {{"Location", "https://api.github.com/repositories/7"}}, status),
            "https://api.github.com/repositories/7");
    }
    EXPECT_EQ(**redirect(access, {{"Location", "/repositories/7/stargazers?page=2#x"}}),
              "https://api.github.com/repositories/7/stargazers?page=2");
}

TEST(RedirectTest, LeadsToAnAllowedHost) {
    auto const access = access_to("https://api.github.com", {"ghe.example"});
    EXPECT_EQ(**redirect(access, {{"Location", "https://ghe.example/x"}}), "https://ghe.example/x");
}

TEST(RedirectTest, LeadsNowhereElse) {
    auto const access = access_to("https://api.github.com", {"ghe.example"});
    for (auto const& headers : {http::headers{}, http::headers{{"Location", "ht tp:"}},
                                http::headers{{"Location", "https://evil.example/"}},
                                http::headers{{"Location", "//evil.example/"}},
                                http::headers{{"Location", "https://api.github.com@evil.example/"}},
                                http::headers{{"Location", "https://api.github.com:444/"}},
                                http::headers{{"Location", "http://ghe.example/"}},
                                http::headers{{"Location", "ftp://api.github.com/"}}}) {
        auto const to = redirect(access, headers);
        ASSERT_TRUE(to.has_error()) << headers.find("Location").value_or("no Location");
        EXPECT_EQ(to.error().code, codes::gh_redirect);
        EXPECT_EQ(to.error().http_status, 301);
    }
}

}  // namespace
}  // namespace conductor::workers::github
