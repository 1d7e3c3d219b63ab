#include <github_fetch/github_fetch.hpp>

#include <array>

namespace conductor::workers {
namespace {

constexpr std::array inputs{
    member_description{"gh_account", "text", true, "", "Owner of the repository."},
    member_description{"gh_repo", "text", true, "", "Name of the repository."},
    member_description{
        "gh_token", "text or object", false, "default_secret",
        "secret:NAME, a token itself (which the server then stores), or an object of "
        "owners and their tokens."},
    member_description{"what", "text", false, "stars",
                       "stars, or repository: the repository and its page plan."},
    member_description{"star_offset", "integer", false, "0",
                       "Leaves out so many stars, counted from the oldest."},
    member_description{"page", "integer", false, "all pages",
                       "The one page of stars to read; 400 of 100 stars is the last that GitHub "
                       "gives."},
    member_description{"per_page", "integer", false, "100", "Stars on a page, 1 to 100."},
    member_description{"max_pages", "integer", false, "", "Stops after so many pages."},
    member_description{"max_items", "integer", false, "", "Stops after so many stars."},
    member_description{"time_limit_seconds", "integer", false, "",
                       "Stops after so many seconds of reading. Without it a long walk is handed "
                       "back in time and goes on."},
    member_description{"max_wait_seconds", "integer", false, "3600",
                       "The longest wait that a rate limit may ask for."},
    member_description{"api_base", "text", false, "the configuration's",
                       "Address of the API; its host must stand in allowed_hosts."},
    member_description{"api_version", "text", false, "2022-11-28", "Version of GitHub's API."},
    member_description{"source", "text", false, "auto", "auto or rest."},
    member_description{"on_restricted", "text", false, "fail",
                       "fail: a restricted list ends the task as GH_STARGAZERS_RESTRICTED."},
};

constexpr std::array outputs{
    member_description{"stargazers", "array", false, "",
                       "{starred_at, user: {login, id, type}}, with user null for a deleted "
                       "account; a page oldest first, all pages newest first."},
    member_description{"count", "integer", false, "", "Number of stargazers."},
    member_description{"stargazers_count", "integer or null", true, "",
                       "The repository's stars, where the repository was asked for."},
    member_description{"forks_count", "integer", false, "", "Its forks, with what: repository."},
    member_description{"repo", "object", true, "",
                       "{id, full_name, renamed_from?}; id is null where no answer showed it."},
    member_description{"first_page", "integer", true, "", "The page that star_offset is on."},
    member_description{"last_page", "integer or null", true, "",
                       "The last page: by count with what: repository, else where the list ended."},
    member_description{"next_page", "integer or null", false, "",
                       "The next older page; null when there is none."},
    member_description{"oldest", "instant or null", false, "", "The oldest star of the output."},
    member_description{"newest", "instant or null", false, "", "The newest star of the output."},
    member_description{"next_star_offset", "integer or null", false, "",
                       "The star_offset that leaves out what is read; null for a page that is not "
                       "the last."},
    member_description{"complete", "boolean", true, "", "Whether all that was asked for is there."},
    member_description{"incomplete_reason", "text or null", false, "",
                       "max_pages, max_items or time_limit."},
    member_description{"source", "text", true, "", "rest."},
    member_description{"requests", "integer", true, "", "Requests to GitHub."},
    member_description{"rate", "object", true, "",
                       "{remaining, reset}: GitHub's quota after the last answer; reset in seconds "
                       "since 1970."},
};

constexpr task_description description{
    "github_fetch",
    "Reads a repository, or its stars, from GitHub.",
    inputs,
    outputs,
};

}  // namespace

task_description const& github_fetch_description() { return description; }

}  // namespace conductor::workers
