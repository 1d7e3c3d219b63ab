#include <github_fetch/page_job.hpp>

#include <github_fetch/json_members.hpp>

#include <iterator>
#include <utility>

namespace conductor::workers::github {

namespace json = boost::json;

std::optional<fetch_step> page_job::next() const {
    if (taken_) return std::nullopt;
    return fetch_step{page_};
}

result<void> page_job::take(github_answer const& answer) {
    auto rows = read_stars(answer.body);
    if (rows.has_error()) return rows.error();
    taken_ = true;
    rows_ = std::ssize(*rows);
    links_ = answer.links;
    repository_id_ = answer.repository_id;
    std::int64_t unwanted = pages_.rows_before(page_, star_offset_);
    for (auto& row : *rows) {
        if (unwanted-- <= 0) stars_.add(std::move(row));
    }
    return {};
}

// GitHub names the last page on every page but the last. An empty page past it does not say where
// the list ends, except that page 1 is empty only when all are.
std::optional<std::int64_t> page_job::last_page() const {
    if (links_.last) return links_.last;
    if (rows_ > 0) return page_;
    if (page_ == 1) return 0;
    return std::nullopt;
}

json::object page_job::output(std::string_view) const {
    std::int64_t const first_page = pages_.page_of(star_offset_);
    auto const last = last_page();
    bool const holds_the_end = rows_ > 0 && last == page_;
    auto out = stars_output(stars_);
    out["repo"] = json::object{{"id", number_or_null(repository_id_)}, {"full_name", asked_}};
    out["stargazers_count"] = nullptr;
    out["first_page"] = first_page;
    out["last_page"] = number_or_null(last);
    out["next_page"] = page_ > first_page ? json::value(page_ - 1) : json::value(nullptr);
    out["next_star_offset"] =
        holds_the_end ? json::value(pages_.first_row(page_) + rows_) : json::value(nullptr);
    out["complete"] = true;
    out["incomplete_reason"] = nullptr;
    return out;
}

}  // namespace conductor::workers::github
