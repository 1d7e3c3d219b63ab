#include <github_fetch/graphql_errors.hpp>

#include "verdicts.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace conductor::workers::github {
namespace {

using std::chrono::seconds;

http::response answer(std::string body, http::headers headers = {}, int status = 200) {
    http::response made;
    made.status = status;
    made.body = std::move(body);
    made.headers = std::move(headers);
    made.url = "https://api.github.com/graphql";
    return made;
}

std::string error(std::string const& type) {
    return R"({"data": {"repository": null}, "errors": [{"type": ")" + type +
           R"(", "path": ["repository"], "message": "told\nso"}]})";
}

fault graphql_fault(http::response const& given) {
    return fault_in(judge_graphql(given, judged_at, 0));
}

std::optional<seconds> graphql_wait(http::response const& given, int earlier_limits = 0) {
    return wait_in(judge_graphql(given, judged_at, earlier_limits));
}

TEST(GraphQLErrorsTest, AreNoneInAGoodAnswer) {
    for (auto const* const body : {R"({"data": {}})", R"({"data": {}, "errors": null})"})
        EXPECT_TRUE(
            std::holds_alternative<github_answer>(judge_graphql(answer(body), judged_at, 0)));
}

TEST(GraphQLErrorsTest, HaveTheirCodes) {
    for (auto const& [type, code] :
         {std::pair{"NOT_FOUND", codes::gh_not_found},
          std::pair{"FORBIDDEN", codes::gh_stargazers_restricted},
          std::pair{"INSUFFICIENT_SCOPES", codes::gh_stargazers_restricted},
          std::pair{"SERVICE_UNAVAILABLE", codes::gh_upstream}}) {
        auto const why = graphql_fault(answer(error(type)));
        EXPECT_EQ(why.code, code) << type;
        EXPECT_EQ(why.message, "GraphQL: told so");
        EXPECT_EQ(why.http_status, 200);
    }
}

TEST(GraphQLErrorsTest, WithoutATypeAreGitHubsOwnTrouble) {
    auto const why = graphql_fault(answer(R"({"errors": [{"message": "Something went wrong"}]})"));
    EXPECT_EQ(why.code, codes::gh_upstream);
}

TEST(GraphQLErrorsTest, ThatAreNoneAreABadBody) {
    for (auto const* const body :
         {R"({"errors": {}})", R"({"errors": []})", R"({"errors": [7]})", R"({"errors": "x"})"}) {
        EXPECT_EQ(graphql_fault(answer(body)).code, codes::gh_bad_body) << body;
    }
    EXPECT_EQ(graphql_fault(answer("<html>")).code, codes::gh_bad_body);
}

TEST(GraphQLErrorsTest, MayAskToWaitForAQuotaOfTheirOwn) {
    http::headers const used_up{{"X-RateLimit-Remaining", "0"},
                                {"X-RateLimit-Reset", "1300"},
                                {"X-RateLimit-Resource", "graphql"}};
    EXPECT_EQ(graphql_wait(answer(error("RATE_LIMITED"), used_up)), seconds{301});
    EXPECT_EQ(graphql_wait(answer(error("RATE_LIMITED"), {{"Retry-After", "17"}})), seconds{17});
    EXPECT_EQ(graphql_wait(answer(error("RATE_LIMITED")), 1), seconds{120});
    EXPECT_EQ(graphql_wait(answer("{}", {{"Retry-After", "17"}}, 403)), seconds{17});
}

TEST(GraphQLErrorsTest, AskToWaitThoughOthersStandBeforeIt) {
    EXPECT_EQ(
        graphql_wait(answer(R"({"errors": [{"type": "FORBIDDEN"}, {"type": "RATE_LIMITED"}]})")),
        seconds{60});
}

TEST(GraphQLErrorsTest, LeaveAStatusToItsOwnMeaning) {
    EXPECT_EQ(graphql_fault(answer("{}", {}, 401)).code, codes::gh_bad_credentials);
    EXPECT_EQ(graphql_fault(answer("{}", {}, 502)).code, codes::gh_upstream);
}

}  // namespace
}  // namespace conductor::workers::github
