#pragma once

#include <report/community.hpp>
#include <report/markup.hpp>

namespace conductor::workers::report {

/** @brief The most repositories that the matrix compares: those with the most stars. */
inline constexpr std::size_t matrix_repositories_max = 30;

/** @brief How many people starred both of two repositories: a table with a row and a column for
 *  each repository, the diagonal being all who starred it.
 *
 *  A field also tells the share of the row's people, and is the more coloured the larger it is.
 *  @param of  With at least two repositories. */
markup overlap_matrix(community const& of);

}  // namespace conductor::workers::report
