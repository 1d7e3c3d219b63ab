#include "github_pages.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace conductor::workers {
namespace {

namespace json = boost::json;
using conductor::test::delivery;
using conductor::test::http_answer;
using test::github_bench;
using test::github_pages;

constexpr auto completed = task_status::completed;
constexpr auto handed_back = task_status::in_progress;
constexpr auto failed = task_status::failed;
constexpr auto terminal = task_status::failed_with_terminal_error;

// One row of the outcome table: what GitHub answers in turn, and what the task comes to.
struct outcome_row {
    char const* name;
    json::object input;
    std::vector<http_answer> answers;
    task_status status;
    std::string code{};
};

std::ostream& operator<<(std::ostream& out, outcome_row const& row) { return out << row.name; }

class OutcomeTest : public testing::TestWithParam<outcome_row> {};

TEST_P(OutcomeTest, IsWhatTheTableSays) {
    github_bench bench;
    for (auto const& answer : GetParam().answers) bench.server.answer_next(answer);
    auto const got = bench.run(GetParam().input);
    EXPECT_EQ(got.status(), GetParam().status) << got.reason();
    auto const* const error =
        got.output().if_contains(got.status() == handed_back ? "waiting" : "error");
    std::string const code = error != nullptr ? std::string{error->at("code").as_string()} : "";
    EXPECT_EQ(code, GetParam().code);
    bool const has_failed = got.status() == failed || got.status() == terminal;
    EXPECT_EQ(got.reason().starts_with(code + ": "), has_failed) << got.reason();
}

http_answer error(int status, char const* message = "told", http::headers headers = {}) {
    return github_pages::error(status, message, std::move(headers));
}

json::object const page_input{{"page", 5}};
json::object const repository{{"what", "repository"}};
json::object const by_graphql{{"source", "graphql"}};

std::string name_of(testing::TestParamInfo<outcome_row> const& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(
    Completed, OutcomeTest,
    testing::Values(
        outcome_row{"ZeroRows", page_input, {{.body = "[]"}}, completed},
        outcome_row{
            "NotModified304", {{"page", 5}, {"etag", "\"x\""}}, {{.status = 304}}, completed},
        outcome_row{"NoContributors204", {{"what", "contributors"}}, {{.status = 204}}, completed}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    HandedBack, OutcomeTest,
    testing::Values(
        outcome_row{"TooManyRequests429", page_input, {error(429)}, handed_back, "GH_RATE_LIMITED"},
        outcome_row{"RetryAfterSeconds403",
                    page_input,
                    {error(403, "told", {{"Retry-After", "90"}})},
                    handed_back,
                    "GH_RATE_LIMITED"},
        outcome_row{"RetryAfterDate429",
                    page_input,
                    {error(429, "told", {{"Retry-After", "Thu, 01 Jan 2026 00:30:00 GMT"}})},
                    handed_back,
                    "GH_RATE_LIMITED"},
        outcome_row{"EmptyQuota403",
                    page_input,
                    {error(403, "told",
                           {{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "1767227000"}})},
                    handed_back,
                    "GH_RATE_LIMITED"},
        outcome_row{"SecondaryLimit403",
                    page_input,
                    {error(403, "You have exceeded a secondary rate limit")},
                    handed_back,
                    "GH_RATE_LIMITED"},
        outcome_row{
            "EmptyQuotaOfGraphQL",
            by_graphql,
            {github_pages::graphql_error("RATE_LIMITED", {{"X-RateLimit-Remaining", "0"},
                                                          {"X-RateLimit-Reset", "1767227000"}})},
            handed_back,
            "GH_RATE_LIMITED"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Failed, OutcomeTest,
    testing::Values(
        outcome_row{"WaitBeyondTheInputsLimit",
                    {{"page", 5}, {"max_wait_seconds", 60}},
                    {error(429, "told", {{"Retry-After", "61"}})},
                    failed,
                    "GH_RATE_LIMITED"},
        outcome_row{"ServerError503", page_input, {error(503)}, failed, "GH_UPSTREAM"},
        outcome_row{"GraphQLError",
                    by_graphql,
                    {github_pages::graphql_error("INTERNAL")},
                    failed,
                    "GH_UPSTREAM"},
        outcome_row{"GraphQLErrorsThatAreNone",
                    by_graphql,
                    {{.body = R"({"errors": 7})"}},
                    failed,
                    "GH_BAD_BODY"},
        outcome_row{"NotJson", page_input, {{.body = "<html>"}}, failed, "GH_BAD_BODY"},
        outcome_row{"MalformedRow", page_input, {{.body = "[{}]"}}, failed, "GH_BAD_BODY"},
        outcome_row{"UnaskedNotModified", page_input, {{.status = 304}}, failed, "GH_BAD_BODY"},
        outcome_row{"UnaskedNoContent", page_input, {{.status = 204}}, failed, "GH_BAD_BODY"},
        // A GET whose connection breaks is sent once more by the client.
        outcome_row{"Truncated", page_input,
                    std::vector<http_answer>(2, {.body = std::string(4000, ' '),
                                                 .delivery = delivery::part}),
                    failed, "GH_BAD_BODY"},
        outcome_row{"ConnectionReset", page_input,
                    std::vector<http_answer>(2, {.delivery = delivery::reset}), failed,
                    "GH_NETWORK"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    FailedForGood, OutcomeTest,
    testing::Values(
        outcome_row{"BadInput", {{"page", 0}}, {}, terminal, "BAD_INPUT"},
        outcome_row{
            "BadToken401", page_input, {error(401), error(401)}, terminal, "GH_BAD_CREDENTIALS"},
        outcome_row{
            "NoRepository404", page_input, {error(404), error(404)}, terminal, "GH_NOT_FOUND"},
        outcome_row{"NoRepositoryByGraphQL",
                    by_graphql,
                    {github_pages::graphql_error("NOT_FOUND")},
                    terminal,
                    "GH_NOT_FOUND"},
        outcome_row{
            "Restricted401", page_input, {error(401)}, terminal, "GH_STARGAZERS_RESTRICTED"},
        outcome_row{
            "Restricted403", page_input, {error(403)}, terminal, "GH_STARGAZERS_RESTRICTED"},
        outcome_row{
            "Restricted404", page_input, {error(404)}, terminal, "GH_STARGAZERS_RESTRICTED"},
        outcome_row{"RestrictedByGraphQL",
                    by_graphql,
                    {github_pages::graphql_error("FORBIDDEN")},
                    terminal,
                    "GH_STARGAZERS_RESTRICTED"},
        outcome_row{"ScopesOfGraphQL",
                    by_graphql,
                    {github_pages::graphql_error("INSUFFICIENT_SCOPES")},
                    terminal,
                    "GH_STARGAZERS_RESTRICTED"},
        outcome_row{"Blocked451", repository, {error(451)}, terminal, "GH_UNAVAILABLE_LEGAL"},
        outcome_row{"BlockedList451", page_input, {error(451)}, terminal, "GH_UNAVAILABLE_LEGAL"},
        outcome_row{"PaginationLimit422",
                    {{"page", 400}},
                    {error(422, "pagination is limited for this resource")},
                    terminal,
                    "GH_PAGINATION_LIMIT"},
        outcome_row{"PageBeyondReach", {{"page", 401}}, {}, terminal, "GH_PAGINATION_LIMIT"},
        outcome_row{"TooManyContributors",
                    {{"what", "contributors"}},
                    {error(403, "The history or contributor list is too large"),
                     github_pages::repository()},
                    completed},
        outcome_row{
            "RedirectToNowhere301", repository, {{.status = 301}}, terminal, "GH_REDIRECT"}),
    name_of);

}  // namespace
}  // namespace conductor::workers
