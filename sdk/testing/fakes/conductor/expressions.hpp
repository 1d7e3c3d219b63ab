#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace conductor::test {

/** @brief Fills in the expressions of a definition: each text that is `${a.b.c}` as a whole becomes
 *  the member of `scope` at that path, or null without one.
 *  @param scope  `{"workflow": {"input": …}, "<reference name>": {"output": …}, …}` */
boost::json::value resolve_expressions(boost::json::value const& pattern,
                                       boost::json::object const& scope);

}  // namespace conductor::test
