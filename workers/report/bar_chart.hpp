#pragma once

#include <report/chart.hpp>
#include <report/markup.hpp>

namespace conductor::workers::report {

/** @brief How many activities each bin has, as bars in which the series stand on one another: an
 *  SVG drawing.
 *  @param of  With at least one series. */
markup bar_chart(chart const& of);

}  // namespace conductor::workers::report
