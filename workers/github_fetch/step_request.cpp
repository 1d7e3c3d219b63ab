#include <github_fetch/step_request.hpp>

#include <github_fetch/graphql_page.hpp>

#include <algorithm>

namespace conductor::workers::github {
namespace {

constexpr std::int64_t weeks_max = 30;

// What stands behind the repository's URL, and what of the query is not the page.
struct path {
    std::string_view suffix;
    std::string_view query;
};

path path_of(endpoint where, bool anonymous) {
    switch (where) {
        case endpoint::stargazers: return {"/stargazers", ""};
        case endpoint::forks: return {"/forks", "sort=newest&"};
        case endpoint::contributors: return {"/contributors", anonymous ? "anon=1&" : ""};
        case endpoint::events: return {"/events", ""};
        case endpoint::history: return {"/stargazers/history", ""};
        case endpoint::repository:
        case endpoint::graphql: break;
    }
    return {"", ""};
}

std::string url_of(fetch_step const& step, fetch_input const& input, std::string const& base) {
    auto const [suffix, query] = path_of(step.where, input.anonymous);
    if (suffix.empty()) return base;
    bool const by_week = step.where == endpoint::history;
    auto const per_page =
        by_week ? std::min(input.pages.per_page, weeks_max) : input.pages.per_page;
    return base + std::string{suffix} + "?" + std::string{query} +
           "per_page=" + std::to_string(per_page) + "&page=" + std::to_string(step.page);
}

void ask_graphql(http::request& request, fetch_step const& step, fetch_input const& input) {
    request.method = "POST";
    request.url = input.graphql_url();
    request.headers.set("Content-Type", "application/json");
    request.body = graphql_body({.owner = input.account,
                                 .name = input.name,
                                 .first = input.pages.per_page,
                                 .after = step.after});
    request.repeatable = true;  // a query changes nothing
}

}  // namespace

http::request request_of(fetch_step const& step, fetch_input const& input,
                         std::string const& repository_url) {
    http::request request;
    bool const with_times = step.where == endpoint::stargazers;
    request.headers.set(
        "Accept", with_times ? "application/vnd.github.star+json" : "application/vnd.github+json");
    request.headers.set("X-GitHub-Api-Version", input.api_version);
    if (!step.etag.empty()) request.headers.set("If-None-Match", step.etag);
    if (!input.token.empty())
        request.headers.set("Authorization", "Bearer " + input.token.reveal());
    if (step.where == endpoint::graphql)
        ask_graphql(request, step, input);
    else
        request.url = url_of(step, input, repository_url);
    return request;
}

std::string repository_url_of(fetch_step const& step, std::string_view url) {
    auto const suffix = path_of(step.where, false).suffix;
    url = url.substr(0, url.find('?'));
    if (url.ends_with(suffix)) url.remove_suffix(suffix.size());
    return std::string{url};
}

std::optional<fault> impossible(fetch_step const& step, fetch_input const& input) {
    std::string const what = "GitHub's REST API lists the first 40000 stars of a repository only";
    if (step.where == endpoint::stargazers && input.pages.beyond_reach(step.page)) {
        return fault{codes::gh_pagination_limit,
                     what + ", and the newest of " + input.full_name() + " come after them"};
    }
    if (step.where == endpoint::graphql && input.token.empty()) {
        return fault{codes::gh_pagination_limit,
                     what + "; GraphQL lists all of " + input.full_name() + ", with a token"};
    }
    return std::nullopt;
}

}  // namespace conductor::workers::github
