#pragma once

#include <sqlite/database.hpp>

#include <string>

namespace conductor::storage {

/** @brief Opens the file of an outbox for this process alone, and makes it when it is not there.
 *
 *  Nobody but its owner may read it, from before the first entry on.
 *  @throws config_error naming the file and what to do. The file is left as it was then.
 *  @par Threads  Any; blocks as long as the disk takes.
 */
sqlite::database open_outbox_file(std::string const& path);

}  // namespace conductor::storage
