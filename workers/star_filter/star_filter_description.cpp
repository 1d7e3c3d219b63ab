#include <star_filter/star_filter.hpp>

#include <array>

namespace conductor::workers {
namespace {

constexpr std::array inputs{
    member_description{"stars", "array or object", true, "",
                       "Rows {starred_at, user: {login, id, type}}, {forked_at, user} or "
                       "{contributions, user}, lists of them, or the output of the task or loop "
                       "that made them. Not required beside forks or contributors."},
    member_description{"forks", "array or object", false, "", "More rows, in the same forms."},
    member_description{"contributors", "array or object", false, "",
                       "More rows, in the same forms."},
    member_description{"activity_name", "text or object", true, "",
                       "Title of every activity, or an object {stars, forks, contributors} of "
                       "titles; a kind that it leaves out is told in words: Forked owner/name."},
    member_description{"gh_account", "text", false, "", "Owner; required without repo_id."},
    member_description{"gh_repo", "text", false, "", "Repository; required without repo_id."},
    member_description{"repo_id", "integer", false, "",
                       "GitHub's number of the repository; keys made with it survive a rename."},
    member_description{"full_name", "text", false, "gh_account/gh_repo",
                       "What GitHub calls the repository now; links lead there."},
    member_description{
        "cutoff", "instant", false, "window_hours before now",
        "Stars and forks must be newer than this; contributors have no date, and pass."},
    member_description{"window_hours", "number", false, "24",
                       "Length of the window when there is no cutoff; 0 is everything."},
    member_description{"now", "instant", false, "the clock",
                       "The moment the window counts from, such as a schedule's _scheduledTime."},
    member_description{"until", "instant", false, "now",
                       "Stars and forks must not be newer than this. Contributors occurred then."},
    member_description{"seen_keys", "array", false, "", "Keys that are loaded already."},
    member_description{"exclude_logins", "array", false, "", "Accounts to leave out."},
    member_description{"exclude_bots", "boolean", false, "false",
                       "Whether to leave out accounts of programs."},
};

constexpr std::array outputs{
    member_description{"activities", "array", true, "",
                       "{occurred_at, title, key, activity_type_key, link, member, identity}, in "
                       "the order of the rows."},
    member_description{"count", "integer", true, "", "Number of activities."},
    member_description{"count_by_type", "object", true, "",
                       "{star:created, fork:created, contributor:created}."},
    member_description{"dropped", "object", true, "",
                       "Rows left out: old, future, duplicate, bot, malformed, and excluded when "
                       "exclude_logins was given."},
    member_description{"cutoff", "instant", true, "", "Start of the window, itself outside."},
    member_description{"until", "instant", true, "", "End of the window, itself inside."},
    member_description{"newest", "instant or null", true, "",
                       "The newest star or fork that was kept."},
};

constexpr task_description description{
    "star_filter",
    "Keeps the stars and forks of a time window and all contributors, and makes one activity "
    "with a stable key of each.",
    inputs,
    outputs,
};

}  // namespace

task_description const& star_filter_description() { return description; }

}  // namespace conductor::workers
