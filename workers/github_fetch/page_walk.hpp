#pragma once

#include <github_fetch/page_links.hpp>

#include <cstdint>
#include <optional>

namespace conductor::workers::github {

/** @brief Decides which page of a list to ask for next, from the last page down to the first.
 *
 *  Going down loses nothing when someone leaves the list meanwhile: rows move to lower pages, which
 *  are still to come. The last page is where the list ends when it is read, never where a count
 *  said it would: a page that turns out not to be the last leads on to it, and one that turns out
 *  empty is looked for again. Rows that appear during the walk are not chased. Pure.
 */
class page_walk {
public:
    /** @brief A new walk.
     *  @param first  The page to end at.
     *  @param guess  Where the last page is believed to be; `first` and up. */
    page_walk(std::int64_t first, std::int64_t guess) : first_(first), next_(guess) {}

    /** @brief A walk that had found its end and goes on at `next`; below `first` it is over. */
    static page_walk resume(std::int64_t first, std::int64_t next, std::int64_t last);

    /** @brief The page to ask for; none when the walk is over. */
    std::optional<std::int64_t> next() const { return next_; }

    /** @brief Takes note of the page that was asked for.
     *  @param rows   How many rows it held.
     *  @return Whether its rows belong to the walk. They do not while the end is being looked for.
     */
    bool take(std::int64_t rows, page_links const& links);

    /** @brief The last page, once it is found; `first - 1` when no row is there. */
    std::optional<std::int64_t> last() const { return last_; }

private:
    bool seek(std::int64_t rows, page_links const& links);
    bool probe(std::int64_t rows, page_links const& links);
    bool settle(std::int64_t rows);
    void step_down();

    std::int64_t first_;
    std::optional<std::int64_t> next_;
    std::optional<std::int64_t> last_;
    std::optional<std::int64_t> empty_;  // while the first page is asked where the list ends
    bool may_climb_ = true;
};

}  // namespace conductor::workers::github
