#pragma once

#include <boost/json/object.hpp>

namespace conductor::test {

/** @brief The names of all environment variables that the project's readers look for, by reader:
 *  each of them is run, and what it asks `getenv` for is taken down. */
boost::json::object environment_facts();

}  // namespace conductor::test
