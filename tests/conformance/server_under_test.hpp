#pragma once

#include <string>

namespace conductor::test {

/** @brief Base address of the server that the suite judges: the one that CONDUCTOR_CONFORMANCE_URL
 *  names, else a `fake_conductor` that lives as long as the program. */
std::string const& server_under_test();

/** @brief Whether that server can search for tasks. Without an index (CONDUCTOR_CONFORMANCE_INDEX
 * is `off`) it answers with success and nothing. */
bool server_has_index();

}  // namespace conductor::test
