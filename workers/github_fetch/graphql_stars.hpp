#pragma once

#include <github_fetch/row_source.hpp>

namespace conductor::workers::github {

/** @brief The stars by GraphQL: newest first, page after page, however many there are. */
class graphql_stars final : public row_source {
public:
    /** @brief How many rows are not wanted, and how many there were when the repository was asked.
     */
    struct extent {
        /** @brief Rows before this one, counted from the oldest; 0 wants all. */
        std::int64_t star_offset = 0;
        /** @brief The repository's count, where it is known. GraphQL tells its own; the larger one
         *  counts, for a row too many does no harm. */
        std::int64_t stars = 0;
    };

    /** @brief A walk.
     *  @param start  With `rows` and `after` of an earlier one. */
    graphql_stars(extent wanted, list_cursor const& start)
        : wanted_(wanted), at_(start), is_begun_(!start.after.empty()) {}

    std::vector<fetch_step> next(std::size_t most) const override;
    outcome<source_page> take(github_answer const& answer) override;
    list_cursor cursor() const override { return at_; }

private:
    void count_rows(std::int64_t stars);
    void cut(std::vector<row>& rows);

    extent wanted_;
    list_cursor at_;
    bool is_begun_;
    bool is_done_ = false;
};

}  // namespace conductor::workers::github
