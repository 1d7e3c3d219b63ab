#include <github_fetch/history_job.hpp>

#include <github_fetch/json_members.hpp>
#include <github_fetch/row_source.hpp>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;
using std::chrono::days;

constexpr std::int64_t pages_max = 100;

}  // namespace

std::vector<fetch_step> history_job::next() const {
    if (!next_) return {};
    return {fetch_step{.where = endpoint::history, .page = *next_}};
}

outcome<void> history_job::take(fetch_step const& step, github_answer const& answer) {
    auto const read = read_history(answer.body);
    if (read.has_error()) return bad_body(read.error());
    repository_id_ = answer.repository_id;
    for (auto const& one : *read)
        if (is_wanted(one, answer.at)) days_.push_back(one);
    bool const is_old = since_ && !read->empty() && read->back().day <= *since_;
    bool const goes_on = answer.links.next && !read->empty() && !is_old;
    bool const may_go_on = step.page < max_pages_.value_or(pages_max);
    next_ = goes_on && may_go_on ? std::optional{step.page + 1} : std::nullopt;
    return {};
}

// A week is listed whole, with the days that are still to come.
bool history_job::is_wanted(day_count const& one, instant now) const {
    return one.day <= now && (!since_ || one.day + days{1} > *since_);
}

json::object history_job::output(std::string_view) const {
    return {{"stargazers", json::array{}},
            {"count", 0},
            {"oldest", nullptr},
            {"newest", nullptr},
            {"history", history_json(days_)},
            {"repo", {{"id", number_or_null(repository_id_)}, {"full_name", asked_}}},
            {"stargazers_count", nullptr},
            {"first_page", nullptr},
            {"last_page", nullptr},
            {"next_page", nullptr},
            {"next_cursor", nullptr},
            {"next_star_offset", nullptr},
            {"complete", false},
            {"incomplete_reason", "history_has_no_names"},
            {"not_modified", false},
            {"etag", nullptr}};
}

}  // namespace conductor::workers::github
