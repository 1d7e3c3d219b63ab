#pragma once

#include <sqlite/database.hpp>

#include <cstdint>

namespace conductor::workers {

/** @brief The version of the schema that this program writes; `PRAGMA user_version` holds it. */
inline constexpr std::int64_t community_schema_version = 1;

/** @brief Makes the tables and views of the community database where they are missing.
 *
 *  Call it inside a transaction, so that two processes do not do it at once.
 *  @par Errors  SQLite's. `errc::bad_value`: the file holds the tables of something else, or a
 *               newer version of the schema.
 */
result<void> prepare_community_schema(sqlite::database& on);

/** @brief Whether a database can be read as this program's community database.
 *  @par Errors  Those of `prepare_community_schema()`; an empty database is refused as well. */
result<void> check_community_schema(sqlite::database& on);

}  // namespace conductor::workers
