#pragma once

#include <boost/json/object.hpp>

namespace conductor::test {

/** @brief What the reader of a configuration knows: its keys, what they may hold, what they are
 *  without a value, which variables set them, and which are taken while the daemon runs. */
boost::json::object configuration_facts();

}  // namespace conductor::test
