#pragma once

#include <report/community.hpp>
#include <report/markup.hpp>

namespace conductor::workers::report {

/** @brief The newest stars and forks: who, what, where and when. */
markup newest_people(community const& of);

/** @brief The contributors who were loaded last, with the time of that. */
markup newest_contributors(community const& of);

/** @brief Everyone who starred more than one repository, as far as the list goes. */
markup shared_people(community const& of);

}  // namespace conductor::workers::report
