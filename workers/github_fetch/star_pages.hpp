#pragma once

#include <github_fetch/page_plan.hpp>
#include <github_fetch/page_walk.hpp>
#include <github_fetch/row_source.hpp>

namespace conductor::workers::github {

/** @brief The stars of the REST API, which lists the oldest first: from the last page down to the
 *  one of an offset, which loses nobody when somebody takes a star back meanwhile. */
class star_pages final : public row_source {
public:
    /** @brief A walk over the stars behind `star_offset`.
     *  @param start  A guess where the list ends, or where an earlier walk left off. */
    star_pages(page_plan pages, std::int64_t star_offset, list_cursor const& start);

    std::vector<fetch_step> next(std::size_t most) const override;
    outcome<source_page> take(github_answer const& answer) override;
    list_cursor cursor() const override;
    std::optional<std::int64_t> first_page() const override { return pages_.page_of(star_offset_); }
    std::optional<std::int64_t> last_page() const override;
    std::optional<std::int64_t> end_row() const override { return end_row_; }

private:
    bool is_out_of_reach(std::int64_t page, std::int64_t rows, page_links const& links) const;
    bool is_empty_reach(std::int64_t page, std::int64_t rows) const;

    page_plan pages_;
    std::int64_t star_offset_;
    page_walk walk_;
    std::optional<std::int64_t> end_row_;
    // Whether the last page that GitHub lists was empty, so that it is asked where the list ends.
    bool reach_was_empty_ = false;
};

}  // namespace conductor::workers::github
