#pragma once

#include <report/chart.hpp>
#include <report/markup.hpp>

namespace conductor::workers::report {

/** @brief The numbers of a chart as a table that can be unfolded: for each bin and series, how many
 *  are new and how many there are in all.
 *  @param of  With at least one series. */
markup chart_table(chart const& of);

}  // namespace conductor::workers::report
