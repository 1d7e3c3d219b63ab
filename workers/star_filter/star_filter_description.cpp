#include <star_filter/star_filter.hpp>

#include <array>

namespace conductor::workers {
namespace {

constexpr std::array inputs{
    member_description{"stars", "array or object", true, "",
                       "Rows {starred_at, user: {login, id, type}}, lists of them, or the output "
                       "of the task or loop that made them."},
    member_description{"activity_name", "text", true, "", "Title of every activity."},
    member_description{"gh_account", "text", false, "", "Owner; required without repo_id."},
    member_description{"gh_repo", "text", false, "", "Repository; required without repo_id."},
    member_description{"repo_id", "integer", false, "",
                       "GitHub's number of the repository; keys made with it survive a rename."},
    member_description{"cutoff", "instant", false, "window_hours before now",
                       "Stars must be newer than this."},
    member_description{"window_hours", "number", false, "24",
                       "Length of the window when there is no cutoff; 0 is everything."},
    member_description{"now", "instant", false, "the clock",
                       "The moment the window counts from, such as a schedule's _scheduledTime."},
    member_description{"until", "instant", false, "now", "Stars must not be newer than this."},
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
    member_description{"dropped", "object", true, "",
                       "Rows left out: old, future, duplicate, bot, malformed, and excluded when "
                       "exclude_logins was given."},
    member_description{"cutoff", "instant", true, "", "Start of the window, itself outside."},
    member_description{"until", "instant", true, "", "End of the window, itself inside."},
    member_description{"newest", "instant or null", true, "", "The newest star that was kept."},
};

constexpr task_description description{
    "star_filter",
    "Keeps the stars of a time window and makes one activity with a stable key of each.",
    inputs,
    outputs,
};

}  // namespace

task_description const& star_filter_description() { return description; }

}  // namespace conductor::workers
