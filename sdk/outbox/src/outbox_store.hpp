#pragma once

#include "outbox_ledger.hpp"
#include "outbox_row.hpp"

#include <sqlite/database.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace conductor::storage {

/** @brief The table of an outbox.
 *  @par Threads  One at a time; blocks as long as the disk takes. */
class outbox_store {
public:
    /** @brief Opens a file, or makes it.
     *  @throws config_error as `open_outbox_file()` does. */
    explicit outbox_store(std::string const& path);

    /** @brief Tells the ledger of every row.
     *  @throws config_error when the table cannot be read. */
    void list(outbox_ledger& ledger);

    /** @brief Begins a transaction; what follows lasts only once it commits.
     *  @par Errors  SQLite's. */
    result<sqlite::transaction> begin();
    /** @brief Adds a row.
     *  @par Errors  `std::errc::no_space_on_device`, SQLite's. */
    result<outbox_key> insert(outbox_row const& row);
    /** @brief Removes a row; one that is unknown is no error.
     *  @par Errors  Those of `insert()`. */
    result<void> erase(outbox_key key);
    /** @brief Reads a row; none when it is unknown.
     *  @par Errors  SQLite's. */
    result<std::optional<outbox_row>> read(outbox_key key);

private:
    // Behind a pointer, so that the statements end before it does, also when this is moved.
    std::unique_ptr<sqlite::database> on_;
    sqlite::statement insert_;
    sqlite::statement erase_;
    sqlite::statement read_;
};

/** @brief A failure of SQLite's as the outbox tells it: a full disk by the system's own code. */
failure as_told(failure error);

}  // namespace conductor::storage
