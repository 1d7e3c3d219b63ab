#pragma once

#include "fakes/fake_conductor.hpp"

#include <string>

namespace conductor::test {

/** @brief Base address of the server that the suite judges: the one that CONDUCTOR_CONFORMANCE_URL
 *  names, else a `fake_conductor` that lives as long as the program. */
std::string const& server_under_test();

/** @brief Whether that server has an index. One on Redis (CONDUCTOR_CONFORMANCE_BACKEND) has none:
 * it answers a search with success and nothing, and forgets the log lines of tasks. */
bool server_has_index();

/** @brief Whether its search finds whole tasks; on PostgreSQL there are summaries alone. */
bool server_finds_whole_tasks();

/** @brief Whether its long poll for several tasks waits until all are there; on Redis it ends with
 *  the first. */
bool server_waits_for_full_batches();

/** @brief That `fake_conductor`; none when the suite judges another server. */
fake_conductor* fake_under_test();

}  // namespace conductor::test
