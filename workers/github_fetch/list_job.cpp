#include <github_fetch/list_job.hpp>

#include <github_fetch/event_rows.hpp>
#include <github_fetch/graphql_stars.hpp>
#include <github_fetch/json_members.hpp>
#include <github_fetch/read_rows.hpp>
#include <github_fetch/repository_job.hpp>
#include <github_fetch/restriction.hpp>
#include <github_fetch/star_pages.hpp>
#include <github_fetch/upward_pages.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;

constexpr std::int64_t requests_at_once_max = 4;

json::value text_or_null(std::string_view text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

}  // namespace

list_job::list_job(fetch_input const& input, json::object const& previous)
    : request_{.rows = input.rows(),
               .full_name = input.full_name(),
               .source = input.source,
               .events_when_restricted = input.events_when_restricted,
               .pages = input.pages,
               .star_offset = input.star_offset,
               .since = input.since,
               .max_pages = input.max_pages,
               .max_items = input.max_items,
               .etag = input.etag},
      rows_(input.rows()) {
    if (request_.rows == row_kind::contributor) request_.since.reset();
    resume(previous);
    if (!source_) begin(input);
}

// Where the stars end, the repository has to tell; everything else begins at its first page.
void list_job::begin(fetch_input const& input) {
    bool const by_rest = !request_.source || request_.source == fetch_source::rest;
    if (input.cursor)
        source_ = make_source(*input.cursor);
    else if (!by_rest)
        source_ = make_source({.source = *request_.source});
    else if (request_.rows != row_kind::star)
        source_ = make_source({});
}

std::unique_ptr<row_source> list_job::make_source(list_cursor const& start) const {
    std::int64_t const stars = repository_ ? repository_->stargazers_count : 0;
    // Down to `since` all are wanted, however many they are.
    std::int64_t const offset = request_.since ? 0 : request_.star_offset;
    switch (start.source) {
        case fetch_source::graphql:
            return std::make_unique<graphql_stars>(graphql_stars::extent{offset, stars}, start);
        case fetch_source::events:
        case fetch_source::history:
            return std::make_unique<event_rows>(request_.rows, request_.since);
        case fetch_source::rest: break;
    }
    if (request_.rows != row_kind::star)
        return std::make_unique<upward_pages>(request_.rows, start.page);
    return std::make_unique<star_pages>(request_.pages, request_.star_offset, start);
}

std::vector<fetch_step> list_job::next() const {
    if (!source_) return {fetch_step{}};
    if (is_over() || !limit_reached().empty()) return {};
    auto steps = source_->next(steps_ahead());
    bool const by_rest = source_->cursor().source == fetch_source::rest;
    if (!steps.empty() && by_rest && is_first_request_) steps.front().etag = request_.etag;
    return steps;
}

// Nothing is asked for that the page before could make useless.
std::size_t list_job::steps_ahead() const {
    if (request_.since) return 1;
    std::int64_t ahead = requests_at_once_max;
    if (request_.max_pages) ahead = std::min(ahead, *request_.max_pages - pages_read_);
    if (request_.max_items) {
        auto const rows = *request_.max_items - static_cast<std::int64_t>(rows_.size());
        ahead = std::min(ahead, request_.pages.last_page(rows));
    }
    return static_cast<std::size_t>(std::max<std::int64_t>(ahead, 1));
}

outcome<void> list_job::take(fetch_step const& step, github_answer const& answer) {
    if (!source_) return take_repository(answer.body);
    if (answer.status == unchanged && !step.etag.empty()) {
        not_modified_ = true;
        etag_ = answer.etag.empty() ? step.etag : answer.etag;
        return {};
    }
    return take_rows(answer);
}

outcome<void> list_job::take_repository(json::value const& body) {
    auto read = read_repository(body);
    if (read.has_error()) return bad_body(read.error());
    repository_ = *std::move(read);
    source_ = make_source(first_cursor(*repository_, request_.pages, request_.source));
    return {};
}

outcome<void> list_job::take_rows(github_answer const& answer) {
    auto page = source_->take(answer);
    if (page.has_error()) return page.error();
    is_first_request_ = false;
    if (page->repository) repository_ = std::move(page->repository);
    if (answer.repository_id) repository_id_ = answer.repository_id;
    if (page->repository_id) repository_id_ = page->repository_id;
    if (!page->counts) return {};
    if (page->tells_news) etag_ = answer.etag;
    ++pages_read_;
    rows_read_ += std::ssize(page->rows);
    keep(page->rows);
    return {};
}

// A page is kept whole: a cursor names a page, so what is cut off would come again or never.
void list_job::keep(std::vector<row> const& rows) {
    for (row const& one : rows)
        if (request_.since && one.at <= *request_.since)
            since_reached_ = true;
        else
            rows_.add(one);
}

std::optional<fault> list_job::refuse(fault why) {
    if (!source_) return why;
    if (source_->do_without(why)) return std::nullopt;
    bool const by_rest = source() == fetch_source::rest;
    bool const of_stars = request_.rows == row_kind::star;
    if (why.code == codes::gh_pagination_limit && of_stars && by_rest && rows_.size() == 0) {
        if (request_.source) return why;
        source_ = make_source({.source = fetch_source::graphql});
        return std::nullopt;
    }
    if (why.code != codes::gh_stargazers_restricted) return why;
    if (!request_.events_when_restricted) return with_advice(std::move(why));
    if (rows_.size() > 0) return why;
    source_ = make_source({.source = fetch_source::events});
    return std::nullopt;
}

bool list_job::is_full() const {
    return request_.max_items && static_cast<std::int64_t>(rows_.size()) >= *request_.max_items;
}

bool list_job::is_over() const { return not_modified_ || since_reached_; }

bool list_job::can_be_cut() const { return source_ && pages_read_ > 0 && source_->can_pause(); }

// A feed is read as a whole: only then can it be told what is missing in it.
std::string_view list_job::limit_reached() const {
    if (is_over() || !source_->can_pause() || source_->next(1).empty()) return {};
    if (is_full()) return "max_items";
    return request_.max_pages && pages_read_ >= *request_.max_pages ? "max_pages"
                                                                    : std::string_view{};
}

std::optional<list_cursor> list_job::next_cursor() const {
    if (is_over() || source_->next(1).empty()) return std::nullopt;
    return source_->cursor();
}

fetch_source list_job::source() const {
    return source_ ? source_->cursor().source : fetch_source::rest;
}

json::object list_job::repo() const {
    if (repository_) return repo_output(*repository_, request_.full_name);
    return {{"id", number_or_null(repository_id_)}, {"full_name", request_.full_name}};
}

json::object list_job::output(std::string_view cut_short_by) const {
    auto reason = limit_reached();
    if (reason.empty()) reason = cut_short_by.empty() ? source_->doubt() : cut_short_by;
    bool const complete = reason.empty();
    auto const place = next_cursor();
    bool const has_pages = place && place->source == fetch_source::rest;
    auto out = rows_output(rows_);
    out["rows_read"] = rows_read_;
    out["repo"] = repo();
    out["stargazers_count"] =
        repository_ ? json::value(repository_->stargazers_count) : json::value(nullptr);
    out["first_page"] = number_or_null(source_->first_page());
    out["last_page"] = number_or_null(source_->last_page());
    out["next_page"] = has_pages ? json::value(place->page) : json::value(nullptr);
    out["next_cursor"] = place ? json::value(to_text(*place)) : json::value(nullptr);
    // Only when nothing older was left unread may a later run begin behind what this one saw.
    auto const end = complete ? source_->end_row() : std::optional{request_.star_offset};
    out["next_star_offset"] =
        request_.rows == row_kind::star ? number_or_null(end) : json::value(nullptr);
    out["complete"] = complete;
    out["incomplete_reason"] = text_or_null(reason);
    out["not_modified"] = not_modified_;
    out["etag"] = text_or_null(etag_);
    return out;
}

// A feed is read again: it is three pages, and what it has shown may have moved.
json::object list_job::progress() const {
    if (!source_ || source_->next(1).empty() || is_over()) return {};
    bool const is_begun = pages_read_ > 0 || source() == fetch_source::events;
    if (!is_begun) return {};
    json::object state{{"cursor", to_text(source_->cursor())},
                       {"pages_read", pages_read_},
                       {"rows_read", rows_read_},
                       {"etag", etag_},
                       {"repository_id", number_or_null(repository_id_)}};
    if (repository_) state["repository"] = to_json(*repository_);
    auto rows = source_->can_pause() ? rows_output(rows_) : rows_output(row_list{request_.rows});
    rows["progress"] = std::move(state);
    return rows;
}

// Anything but what progress() wrote begins the walk anew: reading twice loses nothing.
void list_job::resume(json::object const& previous) {
    auto const* const saved = previous.if_contains("progress");
    auto const* const rows = previous.if_contains(rows_member(request_.rows));
    if (saved == nullptr || rows == nullptr || !saved->is_object()) return;
    auto const& state = saved->get_object();
    auto const text = text_member(state, "cursor");
    auto const place = text ? parse_cursor(*text) : std::nullopt;
    auto const read = read_output_rows(request_.rows, *rows);
    if (!place || read.has_error()) return;
    if (auto const* const known = state.if_contains("repository")) {
        auto repository = read_repository(*known);
        if (repository.has_error()) return;
        repository_ = *std::move(repository);
    }
    repository_id_ = count_member(state, "repository_id");
    source_ = make_source(*place);
    pages_read_ = source_->can_pause() ? count_member(state, "pages_read").value_or(0) : 0;
    rows_read_ = source_->can_pause() ? count_member(state, "rows_read").value_or(0) : 0;
    etag_ = text_member(state, "etag").value_or("");
    is_first_request_ = false;
    for (row const& one : *read) rows_.add(one);
}

}  // namespace conductor::workers::github
