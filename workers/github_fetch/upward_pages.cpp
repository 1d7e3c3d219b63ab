#include <github_fetch/upward_pages.hpp>

#include <github_fetch/read_rows.hpp>

#include <utility>

namespace conductor::workers::github {
namespace {}  // namespace

std::vector<fetch_step> upward_pages::next(std::size_t most) const {
    std::vector<fetch_step> steps;
    if (!next_) return steps;
    auto const where = list_of(kind_);
    std::int64_t const last = last_.value_or(*next_);
    steps.push_back({.where = where, .page = *next_});
    for (auto page = *next_ + 1; page <= last && steps.size() < most; ++page)
        steps.push_back({.where = where, .page = page});
    return steps;
}

// An empty repository has no contributors and no list of them either.
outcome<source_page> upward_pages::take(github_answer const& answer) {
    source_page made;
    bool const is_nothing = kind_ == row_kind::contributor && answer.status == no_content;
    if (!is_nothing) {
        auto rows = read_page(kind_, answer.body);
        if (rows.has_error()) return bad_body(rows.error());
        made.rows = *std::move(rows);
    }
    std::int64_t const page = *next_;
    bool const goes_on = answer.links.next && !made.rows.empty();
    // A new fork shows on the first page; a contributor may show on a later one alone.
    made.tells_news = page == 1 && (kind_ == row_kind::fork || !goes_on);
    if (goes_on) {
        next_ = page + 1;
        if (answer.links.last) last_ = answer.links.last;
    } else {
        last_ = made.rows.empty() ? page - 1 : page;
        next_.reset();
    }
    return made;
}

// The contributors of a very large repository, and forks behind the 40,000th: what GitHub does not
// list keeps nobody from what it does.
bool upward_pages::do_without(fault const& refusal) {
    if (refusal.code != codes::gh_pagination_limit) return false;
    next_.reset();
    doubt_ = "list_too_large";
    return true;
}

}  // namespace conductor::workers::github
