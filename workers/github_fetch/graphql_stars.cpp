#include <github_fetch/graphql_stars.hpp>

#include <github_fetch/graphql_page.hpp>
#include <github_fetch/json_members.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace conductor::workers::github {

std::vector<fetch_step> graphql_stars::next(std::size_t) const {
    if (is_done_) return {};
    return {fetch_step{.where = endpoint::graphql, .after = at_.after}};
}

outcome<source_page> graphql_stars::take(github_answer const& answer) {
    auto page = read_graphql_page(answer.body);
    if (page.has_error()) return bad_body(page.error());
    if (page->next == at_.after)
        return bad_body(malformed("/data/repository/stargazers/pageInfo/endCursor", "repeats"));
    if (!is_begun_) count_rows(page->repository.stargazers_count);
    is_begun_ = true;
    cut(page->rows);
    is_done_ = !page->next || at_.rows == 0;
    at_.after = std::move(page->next).value_or("");
    return source_page{.rows = std::move(page->rows), .repository = std::move(page->repository)};
}

// GraphQL cannot begin at the n-th oldest row, so the rows before it are left unread by counting
// from the newest. Whoever takes a star back meanwhile makes it a row too many.
void graphql_stars::count_rows(std::int64_t stars) {
    if (wanted_.star_offset == 0) return;
    auto const total = std::max(stars, wanted_.stars);
    at_.rows = std::max<std::int64_t>(total - wanted_.star_offset, 0);
}

void graphql_stars::cut(std::vector<row>& rows) {
    if (!at_.rows) return;
    auto const kept = std::min<std::int64_t>(std::ssize(rows), *at_.rows);
    rows.erase(rows.begin() + kept, rows.end());
    *at_.rows -= kept;
}

}  // namespace conductor::workers::github
