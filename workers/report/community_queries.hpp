#pragma once

#include <report/community.hpp>
#include <sqlite/database.hpp>

namespace conductor::workers::report {

/** @brief The longest lists that a page shows. */
struct list_limits {
    /** @brief Rows of `community::newest` and of `community::newest_contributors`. */
    std::int64_t newest = 50;
    /** @brief Rows of `community::shared_people`. */
    std::int64_t shared_people = 500;
};

/** @brief Reads what the report shows, as of one moment, whatever is written meanwhile.
 *
 *  @param from  A community database; read only is enough.
 *  @par Errors  SQLite's. `errc::bad_value`: it is no community database, or of a newer schema.
 */
result<community> read_community(sqlite::database& from, list_limits limits = {});

}  // namespace conductor::workers::report
