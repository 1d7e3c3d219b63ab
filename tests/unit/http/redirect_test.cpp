#include "http/redirect.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace conductor::http {
namespace {

constexpr auto base = "https://one.example/a/b?q=1";

request get(unsigned redirects_max = 5) { return {.url = base, .redirects_max = redirects_max}; }

request post(std::string body = "data") {
    return {.method = "POST",
            .url = base,
            .headers = {{"Content-Type", "application/json"}, {"X-Tag", "1"}},
            .body = std::move(body),
            .redirects_max = 5};
}

response answer(int status, std::string location) {
    return {.status = status, .headers = {{"Location", std::move(location)}}};
}

result<std::optional<redirection>> decide(request const& asked, response const& got,
                                          unsigned followed = 0) {
    return find_redirection(asked, parse_target(asked.url).value(), got, followed);
}

std::string url_of(request const& asked, response const& got) {
    auto const next = decide(asked, got);
    return next && *next ? (*next)->url : "none";
}

error_code error_of(request const& asked, response const& got, unsigned followed = 0) {
    auto const next = decide(asked, got, followed);
    return next ? error_code{} : next.error().code;
}

request followed(request asked, response const& got) {
    auto const from = parse_target(asked.url).value();
    auto const next = find_redirection(asked, from, got, 0).value().value();
    redirect_request(asked, from, next, got.status);
    return asked;
}

TEST(RedirectTest, FollowsTheFiveStatusesThatRedirect) {
    for (int const status : {301, 302, 303, 307, 308})
        EXPECT_EQ(url_of(get(), answer(status, "/c")), "https://one.example/c") << status;
}

TEST(RedirectTest, AnyOtherStatusIsFinal) {
    for (int const status : {200, 201, 300, 304, 305, 306, 309, 404})
        EXPECT_EQ(url_of(get(), answer(status, "/c")), "none") << status;
}

TEST(RedirectTest, NoLocationIsFinal) { EXPECT_EQ(url_of(get(), {.status = 302}), "none"); }

TEST(RedirectTest, ZeroGivesTheAnswerToTheCaller) {
    EXPECT_EQ(url_of(get(0), answer(302, "/c")), "none");
    EXPECT_EQ(url_of(get(0), answer(302, "not a url")), "none");
}

TEST(RedirectTest, ResolvesTheLocation) {
    EXPECT_EQ(url_of(get(), answer(302, "https://two.example/x?y")), "https://two.example/x?y");
    EXPECT_EQ(url_of(get(), answer(302, "//two.example/x")), "https://two.example/x");
    EXPECT_EQ(url_of(get(), answer(302, "c")), "https://one.example/a/c");
    EXPECT_EQ(url_of(get(), answer(302, "../c")), "https://one.example/c");
    EXPECT_EQ(url_of(get(), answer(302, "?z")), "https://one.example/a/b?z");
}

TEST(RedirectTest, DropsTheFragment) {
    EXPECT_EQ(url_of(get(), answer(302, "/c#d")), "https://one.example/c");
}

TEST(RedirectTest, TheCallersLimitHolds) {
    EXPECT_EQ(error_of(get(2), answer(302, "/c"), 1), error_code{});
    EXPECT_EQ(error_of(get(2), answer(302, "/c"), 2), errc::too_many_redirects);
}

TEST(RedirectTest, FiveIsTheMostWhateverTheCallerAsks) {
    EXPECT_EQ(error_of(get(100), answer(302, "/c"), 4), error_code{});
    EXPECT_EQ(error_of(get(100), answer(302, "/c"), 5), errc::too_many_redirects);
}

TEST(RedirectTest, NeverFromHttpsToHttp) {
    EXPECT_EQ(error_of(get(), answer(302, "http://one.example/c")), errc::bad_url);
}

TEST(RedirectTest, FromHttpToHttps) {
    auto asked = get();
    asked.url = "http://one.example/";
    EXPECT_EQ(url_of(asked, answer(308, "https://one.example/")), "https://one.example/");
}

TEST(RedirectTest, AnUnusableLocationIsAnError) {
    for (auto const* location :
         {"http://[", "ftp://h/", "https://u:p@two.example/", "https://two.example:0/", "a b"}) {
        EXPECT_EQ(error_of(get(), answer(302, location)), errc::bad_url) << location;
    }
}

TEST(RedirectTest, ABodyNeverGoesToAnotherOrigin) {
    EXPECT_EQ(error_of(post(), answer(307, "https://two.example/")), errc::bad_url);
    EXPECT_EQ(error_of(post(), answer(308, "https://one.example:444/")), errc::bad_url);
    EXPECT_EQ(error_of(post(), answer(307, "/c")), error_code{});
    EXPECT_EQ(error_of(post(), answer(303, "https://two.example/")), error_code{});
    EXPECT_EQ(error_of(post(""), answer(307, "https://two.example/")), error_code{});
}

TEST(RedirectTest, APostBecomesAGetWithoutBody) {
    for (int const status : {301, 302, 303}) {
        auto const next = followed(post(), answer(status, "/c"));
        EXPECT_EQ(next.method, "GET") << status;
        EXPECT_EQ(next.body, "") << status;
        EXPECT_EQ(next.headers, (headers{{"X-Tag", "1"}})) << status;
        EXPECT_EQ(next.url, "https://one.example/c") << status;
    }
}

TEST(RedirectTest, OtherStatusesKeepMethodAndBody) {
    for (int const status : {307, 308}) {
        auto const next = followed(post(), answer(status, "/c"));
        EXPECT_EQ(next.method, "POST") << status;
        EXPECT_EQ(next.body, "data") << status;
        EXPECT_EQ(next.headers, post().headers) << status;
    }
}

TEST(RedirectTest, OnlySeeOtherChangesOtherMethods) {
    auto put = post();
    put.method = "PUT";
    EXPECT_EQ(followed(put, answer(302, "/c")).method, "PUT");
    EXPECT_EQ(followed(put, answer(303, "/c")).method, "GET");
    auto head = get();
    head.method = "HEAD";
    EXPECT_EQ(followed(head, answer(303, "/c")).method, "HEAD");
}

headers credentials() {
    return {{"Authorization", "s"}, {"X-Authorization", "s"}, {"Cookie", "s"},
            {"X-Api-Key", "s"},     {"accept", "a"},          {"User-Agent", "u"}};
}

TEST(RedirectTest, CredentialsStayWithinTheOrigin) {
    auto asked = get();
    asked.headers = credentials();
    EXPECT_EQ(followed(asked, answer(302, "/c")).headers, credentials());
}

struct other_origin {
    std::string name;
    std::string location;
};

void PrintTo(other_origin const& other, std::ostream* out) { *out << other.name; }

class OtherOriginTest : public testing::TestWithParam<other_origin> {};

TEST_P(OtherOriginTest, GetsNoCredential) {
    auto asked = get();
    asked.headers = credentials();
    auto const next = followed(asked, answer(302, GetParam().location));
    EXPECT_EQ(next.headers, (headers{{"accept", "a"}, {"User-Agent", "u"}}));
}

INSTANTIATE_TEST_SUITE_P(RedirectTest, OtherOriginTest,
                         testing::Values(other_origin{"Host", "https://two.example/"},
                                         other_origin{"SubDomain", "https://x.one.example/"},
                                         other_origin{"Port", "https://one.example:8443/"}),
                         [](auto const& instance) { return instance.param.name; });

TEST(RedirectTest, AnotherSchemeIsAnotherOrigin) {
    auto asked = get();
    asked.url = "http://one.example/";
    asked.headers = credentials();
    EXPECT_EQ(followed(asked, answer(302, "https://one.example/")).headers.find("Authorization"),
              std::nullopt);
}

}  // namespace
}  // namespace conductor::http
