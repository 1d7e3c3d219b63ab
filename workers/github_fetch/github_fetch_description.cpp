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
                       "stars, forks, contributors, or repository: the repository and the page "
                       "plan of its stars."},
    member_description{"source", "text", false, "auto",
                       "auto (rest, and graphql behind its 40,000 stars), rest, graphql (stars; "
                       "needs a token), events (stars or forks of the public feed), history (stars "
                       "for each day, without names)."},
    member_description{
        "on_restricted", "text", false, "fail",
        "What a restricted list of stars does: fail ends the task as "
        "GH_STARGAZERS_RESTRICTED, events takes what the public feed has. Excludes page."},
    member_description{"since", "instant", false, "",
                       "Only rows newer than this, and no page more than they are on; contributors "
                       "have no time."},
    member_description{"cursor", "text", false, "the newest row",
                       "A next_cursor: where the walk begins or goes on. Excludes page."},
    member_description{"star_offset", "integer", false, "0",
                       "Leaves out so many stars, counted from the oldest."},
    member_description{"page", "integer", false, "all pages",
                       "The one page to read; of stars, 400 of 100 is the last that GitHub gives."},
    member_description{"per_page", "integer", false, "100", "Rows on a page, 1 to 100."},
    member_description{"max_pages", "integer", false, "",
                       "Stops after so many pages; a feed is read whole."},
    member_description{"max_items", "integer", false, "",
                       "Stops at the end of the page that makes it so many rows: a page is never "
                       "cut."},
    member_description{"anon", "boolean", false, "false",
                       "Lists contributors without an account too."},
    member_description{"etag", "text", false, "",
                       "The etag of an earlier task with the same token: if nothing has changed, "
                       "not_modified and no rows. Lists of source rest only."},
    member_description{"time_limit_seconds", "integer", false, "",
                       "Stops after so many seconds of reading. Without it a long walk is handed "
                       "back in time and goes on."},
    member_description{"max_wait_seconds", "integer", false, "3600",
                       "The longest wait that a rate limit may ask for."},
    member_description{"api_base", "text", false, "the configuration's",
                       "Address of the API; its host must stand in allowed_hosts."},
    member_description{"api_version", "text", false, "2022-11-28", "Version of GitHub's API."},
};

constexpr std::array outputs{
    member_description{
        "stargazers", "array", false, "",
        "{starred_at, user: {login, id, type?}}, with user null for a deleted "
        "account and no type from events; a page oldest first, a walk newest first."},
    member_description{
        "forks", "array", false, "",
        "{forked_at, user: {login, id, type}, repo: {id, full_name}}, newest first."},
    member_description{"contributors", "array", false, "",
                       "{contributions, user: {login, id, type}}, most commits first; anonymous "
                       "ones {contributions, user: null, name}."},
    member_description{"history", "array", false, "",
                       "{date, count}, newest first, with source: history."},
    member_description{"count", "integer", false, "", "Number of rows."},
    member_description{"rows_read", "integer", false, "",
                       "Rows on the pages that were read, from star_offset on; since and rows that "
                       "came twice make it more than count."},
    member_description{"stargazers_count", "integer or null", true, "",
                       "The repository's stars, where an answer told them."},
    member_description{"forks_count", "integer", false, "", "Its forks, with what: repository."},
    member_description{"repo", "object", true, "",
                       "{id, full_name, renamed_from?}; id is null where no answer showed it."},
    member_description{"first_page", "integer or null", true, "",
                       "Of stars, the page that star_offset is on."},
    member_description{"last_page", "integer or null", true, "",
                       "The last page: by count with what: repository, else where the list ended."},
    member_description{"next_page", "integer or null", false, "",
                       "The page to read next; null when there is none."},
    member_description{"next_cursor", "text or null", false, "",
                       "Where the next task goes on, newest first; null when all is read. With "
                       "what: repository, where a walk over the stars begins."},
    member_description{"oldest", "instant or null", false, "", "The oldest row of the output."},
    member_description{"newest", "instant or null", false, "", "The newest row of the output."},
    member_description{"next_star_offset", "integer or null", false, "",
                       "The star_offset that leaves out what is read; null where that cannot be "
                       "said."},
    member_description{"complete", "boolean", true, "", "Whether all that was asked for is there."},
    member_description{"incomplete_reason", "text or null", false, "",
                       "max_pages, max_items, time_limit, one_page (page names one of several), "
                       "list_too_large (GitHub refuses the list or the rest of it), events_window "
                       "(the feed does not reach "
                       "back beyond since), history_mismatch (it lacks stars), history_unavailable "
                       "or events_unverified (it may lack some), history_has_no_names."},
    member_description{"not_modified", "boolean", false, "",
                       "Whether nothing has changed since etag was given."},
    member_description{"etag", "text or null", false, "",
                       "For a later task; null where an unchanged first page would not prove that "
                       "nothing is new."},
    member_description{"source", "text", true, "", "rest, graphql, events or history."},
    member_description{"requests", "integer", true, "", "Requests to GitHub."},
    member_description{"rate", "object", true, "",
                       "{remaining, reset}: GitHub's quota after the last answer; reset in seconds "
                       "since 1970."},
};

constexpr task_description description{
    "github_fetch",
    "Reads a repository, its stars, forks or contributors from GitHub.",
    inputs,
    outputs,
};

}  // namespace

task_description const& github_fetch_description() { return description; }

}  // namespace conductor::workers
