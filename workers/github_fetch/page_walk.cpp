#include <github_fetch/page_walk.hpp>

#include <algorithm>

namespace conductor::workers::github {

page_walk page_walk::resume(std::int64_t first, std::int64_t next, std::int64_t last) {
    page_walk walk{first, next};
    walk.last_ = last;
    if (next < first) walk.next_.reset();
    return walk;
}

bool page_walk::take(std::int64_t rows, page_links const& links) {
    if (last_) {
        step_down();
        return true;
    }
    return empty_ ? probe(rows, links) : seek(rows, links);
}

bool page_walk::seek(std::int64_t rows, page_links const& links) {
    if (may_climb_ && links.last && *links.last > *next_) {
        may_climb_ = false;  // once: a list that grows while it is read could lead on for ever
        next_ = links.last;
        return false;
    }
    if (rows > 0 || next_ == first_) return settle(rows);
    may_climb_ = false;
    empty_ = next_;
    next_ = first_;
    return false;
}

// The first page is never past the end of a list that has rows for us, so its links are right. One
// that names a next page but no last leaves only trying.
bool page_walk::probe(std::int64_t rows, page_links const& links) {
    std::int64_t const unknown = links.next ? *empty_ - 1 : first_;
    std::int64_t const lower = std::min(links.last.value_or(unknown), *empty_ - 1);
    empty_.reset();
    if (lower <= first_) return settle(rows);
    next_ = lower;
    return false;
}

bool page_walk::settle(std::int64_t rows) {
    last_ = rows > 0 ? *next_ : first_ - 1;
    step_down();
    return true;
}

void page_walk::step_down() {
    if (*next_ > first_)
        next_ = *next_ - 1;
    else
        next_.reset();
}

}  // namespace conductor::workers::github
