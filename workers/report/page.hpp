#pragma once

#include <report/community.hpp>

#include <string>

namespace conductor::workers::report {

/** @brief The whole page: HTML that needs nothing beside it, no script among that.
 *
 *  The same community gives the same bytes. */
std::string render_page(community const& of);

}  // namespace conductor::workers::report
