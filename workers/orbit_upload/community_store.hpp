#pragma once

#include <contract/instant.hpp>
#include <orbit_upload/community_activity.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace conductor::workers {

/** @brief Activities that go into the community database together. */
struct community_batch {
    /** @brief Their workspace. */
    std::string workspace;
    /** @brief The workflow that loads them; empty for none, and then no run is noted. */
    std::string workflow_id;
    /** @brief The present. */
    instant now;
    /** @brief The activities, in order. */
    std::vector<community_activity> activities;
};

/** @brief Loads a batch into the community database, in one transaction.
 *
 *  People and repositories are the same as long as their numbers are, and take on the names that
 *  came last. Of two activities with the same key in one workspace the first stays.
 *  @param file       Made when it is not there; its folder must be.
 *  @param busy_wait  How long to wait for others that write.
 *  @return Which activities are new.
 *  @par Errors  SQLite's, and those of `prepare_community_schema()`; nothing is stored
 * then.
 *  @par Threads  Any; blocks as long as the disk takes.
 */
result<std::vector<bool>> load_batch(std::string const& file, community_batch const& batch,
                                     std::chrono::milliseconds busy_wait);

}  // namespace conductor::workers
