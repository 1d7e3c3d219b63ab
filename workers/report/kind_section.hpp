#pragma once

#include <report/community.hpp>
#include <report/markup.hpp>

namespace conductor::workers::report {

/** @brief The section of one kind of activity: its two charts, legend and numbers, or a sentence
 *  when there is nothing to draw. */
markup kind_section(community const& of, activity_kind kind);

}  // namespace conductor::workers::report
