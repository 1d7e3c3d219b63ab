#include <github_fetch/walk_job.hpp>

#include <github_fetch/json_members.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace conductor::workers::github {

namespace json = boost::json;

walk_job::walk_job(fetch_input const& input, json::object const& previous)
    : request_{.full_name = input.full_name(),
               .pages = input.pages,
               .star_offset = input.star_offset,
               .max_pages = input.max_pages,
               .max_items = input.max_items},
      end_row_(input.star_offset) {
    resume(previous);
}

std::optional<fetch_step> walk_job::next() const {
    if (!walk_) return fetch_step{};
    auto const page = walk_->next();
    if (!page || !limit_reached().empty()) return std::nullopt;
    return fetch_step{page};
}

result<void> walk_job::take(github_answer const& answer) {
    return walk_ ? take_page(answer) : take_repository(answer.body);
}

result<void> walk_job::take_repository(json::value const& body) {
    auto read = read_repository(body);
    if (read.has_error()) return read.error();
    repository_ = *std::move(read);
    std::int64_t const guess = request_.pages.last_page(repository_->stargazers_count);
    walk_.emplace(first_page(), std::max(first_page(), guess));
    return {};
}

result<void> walk_job::take_page(github_answer const& answer) {
    auto rows = read_stars(answer.body);
    if (rows.has_error()) return rows.error();
    std::int64_t const page = *walk_->next();
    bool const end_was_known = walk_->last().has_value();
    if (!walk_->take(std::ssize(*rows), answer.links)) return {};
    if (!end_was_known) {
        std::int64_t const end = request_.pages.first_row(page) + std::ssize(*rows);
        end_row_ = std::max(end, request_.star_offset);
    }
    ++pages_read_;
    keep(*std::move(rows), page);
    return {};
}

// A page is oldest first, a walk newest first.
void walk_job::keep(std::vector<star> rows, std::int64_t page) {
    auto const unwanted = request_.pages.rows_before(page, request_.star_offset);
    auto const wanted = std::max<std::int64_t>(std::ssize(rows) - unwanted, 0);
    for (auto row = rows.rbegin(); row != rows.rbegin() + wanted; ++row) {
        if (is_full()) {
            cut_page_ = page;
            return;
        }
        stars_.add(std::move(*row));
    }
}

bool walk_job::is_full() const {
    return request_.max_items && static_cast<std::int64_t>(stars_.size()) >= *request_.max_items;
}

std::string_view walk_job::limit_reached() const {
    if (cut_page_) return "max_items";
    if (!walk_->next()) return {};
    if (is_full()) return "max_items";
    return request_.max_pages && pages_read_ >= *request_.max_pages ? "max_pages"
                                                                    : std::string_view{};
}

std::optional<std::int64_t> walk_job::next_page() const {
    return cut_page_ ? cut_page_ : walk_->next();
}

json::object walk_job::output(std::string_view cut_short_by) const {
    auto const limit = limit_reached();
    auto const reason = limit.empty() ? cut_short_by : limit;
    bool const complete = reason.empty();
    auto out = stars_output(stars_);
    out["repo"] = repo_output(*repository_, request_.full_name);
    out["stargazers_count"] = repository_->stargazers_count;
    out["first_page"] = first_page();
    out["last_page"] = number_or_null(walk_->last());
    out["next_page"] = number_or_null(next_page());
    // Only when nothing older was left unread may a later run begin behind what this one saw.
    out["next_star_offset"] = complete ? end_row_ : request_.star_offset;
    out["complete"] = complete;
    out["incomplete_reason"] = complete ? json::value(nullptr) : json::value(reason);
    return out;
}

json::object walk_job::progress() const {
    if (!walk_ || !walk_->last() || !walk_->next()) return {};
    return {{"stargazers", stars_.to_json()},
            {"progress",
             {{"repository", to_json(*repository_)},
              {"next_page", *walk_->next()},
              {"last_page", *walk_->last()},
              {"pages_read", pages_read_},
              {"end_row", end_row_}}}};
}

// Anything but what progress() wrote begins the walk anew: reading twice loses nothing.
void walk_job::resume(json::object const& previous) {
    auto const* const state = previous.if_contains("progress");
    auto const* const rows = previous.if_contains("stargazers");
    if (state == nullptr || rows == nullptr || !state->is_object()) return;
    auto const& saved = state->get_object();
    auto const* const known = saved.if_contains("repository");
    auto const next = count_member(saved, "next_page");
    auto const last = count_member(saved, "last_page");
    auto stars = read_stars(*rows);
    if (known == nullptr || !next || !last || stars.has_error()) return;
    auto repository = read_repository(*known);
    bool const fits = *next >= first_page() && *next <= *last;
    if (repository.has_error() || !fits) return;
    repository_ = *std::move(repository);
    walk_ = page_walk::resume(first_page(), *next, *last);
    pages_read_ = count_member(saved, "pages_read").value_or(0);
    end_row_ = count_member(saved, "end_row").value_or(request_.star_offset);
    for (auto& star : *stars) stars_.add(std::move(star));
}

}  // namespace conductor::workers::github
