#pragma once

#include <algorithm>
#include <cstdint>

namespace conductor::workers::github {

/** @brief How many rows GitHub lists at most, in pages of any size.
 *  @par Source  Observed: page 401 of 100 is refused with 422. */
inline constexpr std::int64_t rows_within_reach = 40'000;

/** @brief The largest page number, offset or count that is calculated with. */
inline constexpr std::int64_t row_number_max = 1'000'000'000'000;

/** @brief Which rows are on which page. Pages count from 1, rows from 0. */
struct page_plan {
    /** @brief Rows on a full page. */
    std::int64_t per_page = 100;

    /** @brief The page that holds a row. */
    std::int64_t page_of(std::int64_t row) const { return row / per_page + 1; }
    /** @brief The first row of a page. */
    std::int64_t first_row(std::int64_t page) const { return (page - 1) * per_page; }
    /** @brief The last page of so many rows; 0 when there are none. */
    std::int64_t last_page(std::int64_t rows) const { return (rows + per_page - 1) / per_page; }
    /** @brief How many rows of a page come before `offset`. */
    std::int64_t rows_before(std::int64_t page, std::int64_t offset) const {
        return std::clamp<std::int64_t>(offset - first_row(page), 0, per_page);
    }
    /** @brief Whether GitHub refuses the page, whatever the list holds. */
    bool beyond_reach(std::int64_t page) const { return first_row(page) >= rows_within_reach; }
};

}  // namespace conductor::workers::github
