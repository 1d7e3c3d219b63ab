#include <github_fetch/star_pages.hpp>

#include <github_fetch/read_rows.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace conductor::workers::github {
namespace {

page_walk walk_from(std::int64_t first, list_cursor const& start, page_plan const& pages) {
    if (!start.rows) return page_walk{first, std::max(first, start.page)};
    auto const last = std::max(pages.last_page(*start.rows), start.page);
    return page_walk::resume(first, start.page, last);
}

fault out_of_reach() {
    return {codes::gh_pagination_limit,
            "GitHub's REST API lists the first 40000 stars only, and the newest come after them"};
}

}  // namespace

star_pages::star_pages(page_plan pages, std::int64_t star_offset, list_cursor const& start)
    : pages_(pages),
      star_offset_(star_offset),
      walk_(walk_from(pages.page_of(star_offset), start, pages)),
      end_row_(start.rows) {}

std::vector<fetch_step> star_pages::next(std::size_t most) const {
    std::vector<fetch_step> steps;
    if (!walk_.next()) return steps;
    std::size_t const wanted = walk_.last() ? most : 1;
    for (auto page = *walk_.next(); page >= *first_page() && steps.size() < wanted; --page)
        steps.push_back({.where = endpoint::stargazers, .page = page});
    return steps;
}

outcome<source_page> star_pages::take(github_answer const& answer) {
    auto rows = read_page(row_kind::star, answer.body);
    if (rows.has_error()) return bad_body(rows.error());
    std::int64_t const page = *walk_.next();
    std::int64_t const count = std::ssize(*rows);
    bool const is_end = !walk_.last();
    if (is_end && is_out_of_reach(page, count, answer.links)) return out_of_reach();
    if (is_end) reach_was_empty_ = is_empty_reach(page, count);
    source_page made;
    made.counts = walk_.take(count, answer.links);
    if (!made.counts) return made;
    if (is_end) {
        end_row_ = std::max(pages_.first_row(page) + count, star_offset_);
        // A full page stays as it is when the next star comes.
        made.tells_news = count < pages_.per_page;
    }
    // A page is oldest first, a walk newest first.
    auto const unwanted = std::min(pages_.rows_before(page, star_offset_), count);
    rows->erase(rows->begin(), rows->begin() + unwanted);
    std::ranges::reverse(*rows);
    made.rows = *std::move(rows);
    return made;
}

// GitHub refuses what lies behind 40,000 stars, or shows it as empty: never take that for the end
// of the list.
bool star_pages::is_out_of_reach(std::int64_t page, std::int64_t rows,
                                 page_links const& links) const {
    std::int64_t const last_listed = pages_.page_of(rows_within_reach - 1);
    bool const goes_on = links.last && *links.last >= last_listed;
    if (page == last_listed && links.next) return true;
    // Nothing below is wanted, so nothing below can tell.
    if (is_empty_reach(page, rows) && page == first_page()) return true;
    return reach_was_empty_ && goes_on;
}

bool star_pages::is_empty_reach(std::int64_t page, std::int64_t rows) const {
    return rows == 0 && page >= pages_.page_of(rows_within_reach - 1);
}

list_cursor star_pages::cursor() const {
    return {.page = walk_.next().value_or(1), .is_guess = !walk_.last(), .rows = end_row_};
}

std::optional<std::int64_t> star_pages::last_page() const { return walk_.last(); }

}  // namespace conductor::workers::github
