#include <github_fetch/github_answer.hpp>

#include "verdicts.hpp"

#include <boost/asio/error.hpp>

#include <gtest/gtest.h>

#include <utility>

namespace conductor::workers::github {
namespace {

using std::chrono::seconds;

http::response answer(int status, std::string body = "{}", http::headers headers = {}) {
    http::response made;
    made.status = status;
    made.body = std::move(body);
    made.headers = std::move(headers);
    made.url = "https://api.github.com/repos/a/b";
    return made;
}

std::string message(std::string const& text) { return R"({"message": ")" + text + "\"}"; }

fault fault_of(http::response const& given) { return fault_in(judge(given, judged_at, 0)); }

std::optional<seconds> wait_of(http::response const& given, int earlier_limits = 0) {
    return wait_in(judge(given, judged_at, earlier_limits));
}

TEST(GitHubAnswerTest, AcceptsJson) {
    auto given = answer(200, "[1]", {{"Link", "<https://x/repositories/9?page=4>; rel=\"last\""}});
    auto const meaning = judge(given, judged_at, 0);
    auto const& accepted = std::get<github_answer>(meaning);
    EXPECT_TRUE(accepted.body.is_array());
    EXPECT_EQ(accepted.links.last, 4);
    EXPECT_EQ(accepted.repository_id, 9);
}

TEST(GitHubAnswerTest, SeesTheRepositoryInTheUrlThatAnswered) {
    auto given = answer(200, "[]");
    given.url = "https://api.github.com/repositories/12/stargazers";
    EXPECT_EQ(std::get<github_answer>(judge(given, judged_at, 0)).repository_id, 12);
}

TEST(GitHubAnswerTest, RefusesABodyThatIsNoJson) {
    auto const why = fault_of(answer(200, "<html>down</html>"));
    EXPECT_EQ(why.code, codes::gh_bad_body);
    EXPECT_EQ(why.http_status, 200);
}

class StatusTest : public testing::TestWithParam<std::pair<int, fault_code>> {};

TEST_P(StatusTest, HasItsCode) {
    auto const [status, code] = GetParam();
    auto const why = fault_of(answer(status, message("told")));
    EXPECT_EQ(why.code, code);
    EXPECT_EQ(why.http_status, status);
    EXPECT_EQ(why.message, "HTTP " + std::to_string(status) + ": told");
}

INSTANTIATE_TEST_SUITE_P(
    Statuses, StatusTest,
    testing::Values(std::pair{401, codes::gh_bad_credentials},
                    std::pair{403, codes::gh_bad_credentials}, std::pair{404, codes::gh_not_found},
                    std::pair{410, codes::gh_not_found}, std::pair{408, codes::gh_network},
                    std::pair{451, codes::gh_unavailable_legal}, std::pair{400, codes::bad_input},
                    std::pair{422, codes::bad_input}, std::pair{500, codes::gh_upstream},
                    std::pair{502, codes::gh_upstream}, std::pair{503, codes::gh_upstream},
                    std::pair{599, codes::gh_upstream}, std::pair{202, codes::gh_bad_body}));

TEST(GitHubAnswerTest, MayHaveNoBody) {
    for (int const status : {204, 304}) {
        auto const meaning = judge(answer(status, ""), judged_at, 0);
        auto const* const accepted = std::get_if<github_answer>(&meaning);
        ASSERT_NE(accepted, nullptr) << status;
        EXPECT_TRUE(accepted->body.is_null());
        EXPECT_EQ(accepted->status, status);
    }
}

TEST(GitHubAnswerTest, IsNamedAndDated) {
    auto const meaning = judge(answer(200, "[]", {{"ETag", "W/\"x\""}}), judged_at, 0);
    EXPECT_EQ(std::get<github_answer>(meaning).etag, "W/\"x\"");
    EXPECT_EQ(std::get<github_answer>(meaning).at, judged_at);
}

TEST(GitHubAnswerTest, KnowsAListThatIsTooLarge) {
    auto const given = answer(403, message("The history or contributor list is too large"));
    EXPECT_EQ(fault_of(given).code, codes::gh_pagination_limit);
}

TEST(GitHubAnswerTest, KnowsThePaginationLimit) {
    auto const given =
        answer(422, message("In order to keep the API fast for everyone, pagination is limited"));
    EXPECT_EQ(fault_of(given).code, codes::gh_pagination_limit);
}

TEST(RateLimitTest, ObeysRetryAfter) {
    EXPECT_EQ(wait_of(answer(429, "{}", {{"Retry-After", "17"}})), seconds{17});
    EXPECT_EQ(wait_of(answer(403, "{}", {{"Retry-After", "17"}})), seconds{17});
    EXPECT_EQ(wait_of(answer(429, "{}", {{"Retry-After", "0"}})), seconds{1});
}

TEST(RateLimitTest, WaitsForANewQuota) {
    http::headers const used_up{{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "1300"}};
    EXPECT_EQ(wait_of(answer(403, "{}", used_up)), seconds{301});
    EXPECT_EQ(wait_of(answer(429, "{}", used_up)), seconds{301});
}

TEST(RateLimitTest, WaitsAMinuteAndTwiceAsLongEachTimeWhenNothingIsSaid) {
    auto const secondary = answer(403, message("You have exceeded a secondary rate limit"));
    EXPECT_EQ(wait_of(secondary), seconds{60});
    EXPECT_EQ(wait_of(secondary, 1), seconds{120});
    EXPECT_EQ(wait_of(secondary, 3), seconds{480});
    EXPECT_EQ(wait_of(secondary, 1000), seconds{61440});
    EXPECT_EQ(wait_of(answer(429, "<html>")), seconds{60});
}

TEST(RateLimitTest, TellsWhenItEnds) {
    auto const meaning =
        judge(answer(429, message("slow down"), {{"Retry-After", "5"}}), judged_at, 0);
    auto const& limit = std::get<rate_limit>(meaning);
    EXPECT_EQ(limit.why.code, codes::gh_rate_limited);
    EXPECT_EQ(limit.why.retry_at, judged_at + seconds{5});
    EXPECT_EQ(limit.why.message, "HTTP 429: slow down");
}

TEST(RateLimitTest, IsNotSeenInOtherRefusals) {
    http::headers const plenty{{"X-RateLimit-Remaining", "4999"}, {"X-RateLimit-Reset", "1300"}};
    EXPECT_EQ(wait_of(answer(403, message("Resource not accessible"), plenty)), std::nullopt);
    http::headers const used_up{{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "1300"}};
    EXPECT_EQ(wait_of(answer(404, "{}", used_up)), std::nullopt);
    EXPECT_EQ(wait_of(answer(503, "{}", {{"Retry-After", "5"}})), std::nullopt);
}

TEST(NoAnswerTest, IsANetworkFaultUnlessTheAnswerHadBegun) {
    for (error_code const code : {error_code{errc::timed_out}, error_code{errc::proxy_refused},
                                  error_code{boost::asio::error::connection_refused}}) {
        EXPECT_EQ(judge(failure{code, "GET http://x/"}).code, codes::gh_network);
    }
    for (auto const code : {errc::connection_closed, errc::bad_response, errc::body_too_large,
                            errc::header_too_large}) {
        EXPECT_EQ(judge(failure{code, "GET http://x/"}).code, codes::gh_bad_body);
    }
    EXPECT_NE(judge(failure{errc::timed_out, "GET http://x/"}).message.find("GET http://x/"),
              std::string::npos);
}

TEST(MessageTest, IsOneShortLine) {
    EXPECT_EQ(message_of(message("a\\nb\\u0000c\\u007f")), "a b c ");
    EXPECT_EQ(message_of(message(std::string(500, 'x'))).size(), 200u);
    // Byte 200 falls into the middle of a character, which then goes as a whole.
    std::string const cut = message_of(message(std::string(199, 'x') + "\xc3\xa4 and more"));
    EXPECT_EQ(cut, std::string(199, 'x'));
}

TEST(MessageTest, IsEmptyForAnythingElse) {
    for (auto const* const body : {"", "[]", "\"x\"", "{}", R"({"message": 7})", "<html>", "\xff"})
        EXPECT_EQ(message_of(body), "") << body;
}

}  // namespace
}  // namespace conductor::workers::github
