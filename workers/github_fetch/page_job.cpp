#include <github_fetch/page_job.hpp>

#include <github_fetch/json_members.hpp>
#include <github_fetch/read_rows.hpp>
#include <github_fetch/restriction.hpp>
#include <github_fetch/row_source.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;

}  // namespace

page_job::page_job(fetch_input const& input)
    : asked_(input.full_name()),
      pages_(input.pages),
      star_offset_(input.star_offset),
      since_(input.since),
      step_{.where = list_of(input.rows()), .page = input.page.value_or(1), .etag = input.etag},
      rows_(input.rows()) {}

std::vector<fetch_step> page_job::next() const {
    if (taken_) return {};
    return {step_};
}

outcome<void> page_job::take(fetch_step const&, github_answer const& answer) {
    bool const is_nothing = answer.status == no_content && rows_.kind() == row_kind::contributor;
    not_modified_ = answer.status == unchanged && !step_.etag.empty();
    std::vector<row> rows;
    if (!not_modified_ && !is_nothing) {
        auto read = read_page(rows_.kind(), answer.body);
        if (read.has_error()) return bad_body(read.error());
        rows = *std::move(read);
    }
    taken_ = true;
    listed_ = std::ssize(rows);
    links_ = answer.links;
    etag_ = answer.etag;
    repository_id_ = answer.repository_id;
    std::int64_t unwanted =
        rows_.kind() == row_kind::star ? pages_.rows_before(step_.page, star_offset_) : 0;
    wanted_ = std::max<std::int64_t>(listed_ - unwanted, 0);
    for (auto const& one : rows)
        if (unwanted-- <= 0) keep(one);
    return {};
}

std::optional<fault> page_job::refuse(fault why) {
    if (why.code != codes::gh_stargazers_restricted) return why;
    why = with_advice(std::move(why));
    why.message += ", if page is left out";
    return why;
}

void page_job::keep(row const& one) {
    bool const is_old = since_ && rows_.kind() != row_kind::contributor && one.at <= *since_;
    if (is_old)
        since_reached_ = true;
    else
        rows_.add(one);
}

std::optional<std::int64_t> page_job::first_page() const {
    return rows_.kind() == row_kind::star ? pages_.page_of(star_offset_) : 1;
}

// GitHub names the last page on every page but the last. An empty page past it does not say where
// the list ends, except that page 1 is empty only when all are.
std::optional<std::int64_t> page_job::last_page() const {
    if (links_.last) return links_.last;
    if (not_modified_) return std::nullopt;
    if (listed_ > 0) return step_.page;
    if (step_.page == 1) return 0;
    return std::nullopt;
}

std::optional<std::int64_t> page_job::next_page() const {
    if (since_reached_ || not_modified_) return std::nullopt;
    if (rows_.kind() == row_kind::star)
        return step_.page > *first_page() ? std::optional{step_.page - 1} : std::nullopt;
    return links_.next ? std::optional{step_.page + 1} : std::nullopt;
}

// Whether no wanted row is on another page. Of a page that has not changed nothing is known.
bool page_job::is_whole_list() const {
    if (not_modified_ || next_page()) return false;
    bool const begins_it = step_.page <= *first_page() || since_reached_;
    return begins_it && last_page() && *last_page() <= step_.page;
}

json::object page_job::output(std::string_view) const {
    bool const holds_the_end =
        rows_.kind() == row_kind::star && listed_ > 0 && last_page() == step_.page;
    auto out = rows_output(rows_);
    out["rows_read"] = wanted_;
    out["repo"] = json::object{{"id", number_or_null(repository_id_)}, {"full_name", asked_}};
    out["stargazers_count"] = nullptr;
    out["first_page"] = number_or_null(first_page());
    out["last_page"] = number_or_null(last_page());
    out["next_page"] = number_or_null(next_page());
    out["next_star_offset"] =
        holds_the_end ? json::value(pages_.first_row(step_.page) + listed_) : json::value(nullptr);
    out["complete"] = is_whole_list();
    out["incomplete_reason"] = is_whole_list() ? json::value(nullptr) : json::value("one_page");
    out["not_modified"] = not_modified_;
    out["etag"] = etag_.empty() ? json::value(nullptr) : json::value(etag_);
    return out;
}

}  // namespace conductor::workers::github
