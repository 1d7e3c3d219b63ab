#pragma once

#include <cstdint>
#include <vector>

namespace conductor::workers::report {

/** @brief The round numbers along the axis of a chart: 0, and up to five more in equal steps of 1,
 *  2 or 5 times a power of ten; the last one is the largest value or just above it.
 *  @param largest  The largest value; less than 1 counts as 1. */
std::vector<std::int64_t> axis_ticks(std::int64_t largest);

/** @brief The positions to label of so many in a row: the first one and others at equal distances.
 *  @param labels_max  At least 1. */
std::vector<std::size_t> labelled_positions(std::size_t count, std::size_t labels_max);

}  // namespace conductor::workers::report
