#pragma once

#include <report/community.hpp>
#include <report/markup.hpp>

namespace conductor::workers::report {

/** @brief A person's name, linked to their page at GitHub where it is a login that GitHub can have.
 *
 *  A name that could lead elsewhere is shown as text, so no address is ever made of one. */
markup person_link(person const& who);

/** @brief A repository's name, linked to its page at GitHub where it reads `owner/name`. */
markup repository_link(std::string_view name);

/** @brief A repository's name without a link; it may be broken into lines after the owner. */
markup repository_name(std::string_view name);

}  // namespace conductor::workers::report
