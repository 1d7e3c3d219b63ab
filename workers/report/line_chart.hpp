#pragma once

#include <report/chart.hpp>
#include <report/markup.hpp>

namespace conductor::workers::report {

/** @brief How the number of activities of each series grew, as lines: an SVG drawing.
 *  @param of  With at least one series. */
markup line_chart(chart const& of);

}  // namespace conductor::workers::report
