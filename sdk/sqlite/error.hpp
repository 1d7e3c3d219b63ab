#pragma once

#include <conductor/error.hpp>

#include <string>
#include <string_view>

struct sqlite3;

/** @brief SQLite, as far as this project needs it. */
namespace conductor::sqlite {

/** @brief The category of SQLite's extended result codes. */
boost::system::error_category const& category() noexcept;

/** @brief Makes an error code of a result code. */
error_code make_error(int result_code) noexcept;

/** @brief What a database has just complained about.
 *
 *  @param file  Named in the detail. SQLite's own message is not: it may repeat what was stored.
 */
failure last_failure(sqlite3* database, std::string_view file);

}  // namespace conductor::sqlite
