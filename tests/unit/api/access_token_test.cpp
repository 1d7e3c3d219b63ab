#include "api/access_token.hpp"

#include <gtest/gtest.h>

namespace conductor::api {
namespace {

using step = access_token::step;
using std::chrono::minutes;
using std::chrono::seconds;

time_point const start{std::chrono::hours{1}};
std::chrono::system_clock::time_point const wall{seconds{1'700'000'000}};

// {"alg":"none"} . {"exp":1700003600} . signature
std::string const one_hour = "eyJhbGciOiJub25lIn0.eyJleHAiOjE3MDAwMDM2MDB9.c2ln";

TEST(AccessTokenTest, AsksForNothingWithoutCredentials) {
    access_token const token(false);
    EXPECT_EQ(token.next(start), step::call);
    EXPECT_EQ(token.state(), token_state::not_needed);
}

TEST(AccessTokenTest, AsksOnceAndThenCalls) {
    access_token token(true);
    EXPECT_EQ(token.next(start), step::fetch);
    token.fetched("t", start, wall);
    EXPECT_EQ(token.next(start), step::call);
    EXPECT_EQ(token.value(), "t");
}

TEST(AccessTokenTest, RenewsBeforeItsEnd) {
    access_token token(true);
    token.fetched(one_hour, start, wall);
    EXPECT_EQ(token.next(start + minutes{54}), step::call);
    EXPECT_EQ(token.next(start + minutes{56}), step::fetch);
}

// The memory is still the token's own, empty as it is.
TEST(AccessTokenTest, OverwritesATokenThatIsOver) {
    std::string const first(100, 'k');
    access_token refused(true);
    refused.fetched(first, start, wall);
    std::string_view const after_refusal{refused.value().data(), first.size()};
    refused.refused(refused.generation());
    EXPECT_EQ(after_refusal.find('k'), after_refusal.npos);
    access_token unneeded(true);
    unneeded.fetched(first, start, wall);
    std::string_view const after_end{unneeded.value().data(), first.size()};
    unneeded.not_offered();
    EXPECT_EQ(after_end.find('k'), after_end.npos);
}

TEST(AccessTokenTest, AssumesALifetimeForATokenThatDoesNotSay) {
    access_token token(true);
    token.fetched("opaque", start, wall);
    EXPECT_EQ(token.next(start + minutes{40}), step::call);
    EXPECT_EQ(token.next(start + minutes{45}), step::fetch);
}

TEST(AccessTokenTest, UsesATokenThatSeemsOverForASecond) {
    access_token token(true);
    token.fetched(one_hour, start, wall + std::chrono::hours{5});
    EXPECT_EQ(token.next(start), step::call);
    EXPECT_EQ(token.next(start + seconds{1}), step::fetch);
}

// {"alg":"none"} . {"exp":9223372036854775807} . signature
TEST(AccessTokenTest, TakesATokenWithoutAnEndInSightForOneThatLastsLong) {
    std::string const far = "eyJhbGciOiJub25lIn0.eyJleHAiOjkyMjMzNzIwMzY4NTQ3NzU4MDd9.c2ln";
    access_token token(true);
    token.fetched(far, start, wall);
    EXPECT_EQ(token.next(start + std::chrono::hours{24 * 365}), step::call);
    EXPECT_LT(*token_expiry(far), std::chrono::sys_days{std::chrono::year{2262} / 1 / 1});
}

TEST(AccessTokenTest, NeedsNoneFromAServerWithoutTokens) {
    access_token token(true);
    token.not_offered();
    EXPECT_EQ(token.next(start), step::call);
    EXPECT_TRUE(token.value().empty());
    EXPECT_EQ(token.state(), token_state::not_needed);
}

TEST(AccessTokenTest, WaitsLongerAfterEachFailure) {
    access_token token(true);
    token.fetch_failed({.code = make_http_error(401)}, start, 0.0);
    EXPECT_EQ(token.next(start), step::wait);
    EXPECT_EQ(token.last_failure().code, make_http_error(401));
    EXPECT_EQ(token.next(start + seconds{1}), step::fetch);
    token.fetch_failed({.code = make_http_error(401)}, start, 0.0);
    EXPECT_EQ(token.next(start + seconds{1}), step::wait);
    EXPECT_EQ(token.next(start + seconds{2}), step::fetch);
    EXPECT_EQ(token.state(), token_state::failed);
}

TEST(AccessTokenTest, FetchesAnewWhenTheServerRefusedIt) {
    access_token token(true);
    token.fetched("t", start, wall);
    token.refused(token.generation());
    EXPECT_EQ(token.next(start), step::fetch);
}

TEST(AccessTokenTest, IgnoresTheRefusalOfAnOlderToken) {
    access_token token(true);
    token.fetched("old", start, wall);
    auto const old = token.generation();
    token.refused(old);
    token.fetched("new", start, wall);
    token.refused(old);
    EXPECT_EQ(token.next(start), step::call);
    EXPECT_EQ(token.value(), "new");
}

TEST(AccessTokenTest, ReadsTheExpiryOfAJwt) {
    EXPECT_EQ(token_expiry(one_hour), std::chrono::sys_seconds{seconds{1'700'003'600}});
    for (auto const* text : {"", ".", "..", "a.b.c", "a.!!.c", "a.e30.c", "a.eyJleHAiOiJ4In0.c"})
        EXPECT_EQ(token_expiry(text), std::nullopt) << text;
}

TEST(AccessTokenTest, ReadsTheAnswerOfTheServer) {
    EXPECT_EQ(*parse_token(R"({"token":"abc"})"), "abc");
    for (auto const* body : {"", "[]", "{}", R"({"token":7})", R"({"token":""})", "<html>"}) {
        auto const token = parse_token(body);
        ASSERT_TRUE(token.has_error()) << body;
        EXPECT_EQ(token.error().code, errc::bad_response);
    }
}

TEST(AccessTokenTest, TellsATokenErrorFromAMissingPermission) {
    EXPECT_TRUE(is_token_error(401, R"({"error":"EXPIRED_TOKEN","message":"x"})"));
    EXPECT_TRUE(is_token_error(403, R"({"error":"INVALID_TOKEN"})"));
    EXPECT_FALSE(is_token_error(403, R"({"error":"FORBIDDEN"})"));
    EXPECT_FALSE(is_token_error(401, "Unauthorized"));
    EXPECT_FALSE(is_token_error(500, R"({"error":"EXPIRED_TOKEN"})"));
}

}  // namespace
}  // namespace conductor::api
