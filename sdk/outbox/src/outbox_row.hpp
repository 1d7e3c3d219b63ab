#pragma once

#include <conductor/error.hpp>
#include <conductor/outbox.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace conductor::storage {

/** @brief An entry as it stands in the table; see there for what each column holds. */
struct outbox_row {
    /** @brief `created`: nanoseconds since 1970. */
    std::int64_t created = 0;
    /** @brief `poll_count`. */
    std::int64_t poll_count = 0;
    /** @brief `task_id`. */
    std::string task_id;
    /** @brief `workflow_id`. */
    std::string workflow_id;
    /** @brief `worker_id`. */
    std::string worker_id;
    /** @brief `task_type`. */
    std::string task_type;
    /** @brief `status`: the server's name of it. */
    std::string status;
    /** @brief `reason`. */
    std::string reason;
    /** @brief `callback_after`: seconds. */
    std::int64_t callback_after = 0;
    /** @brief `output`: JSON; empty when `output_text` says the same. */
    std::string output;
    /** @brief `output_text`. */
    std::string output_text;
    /** @brief `logs`: JSON, an array of pairs of nanoseconds since 1970 and text. */
    std::string logs;
    /** @brief `extra`: JSON. */
    std::string extra;

    friend bool operator==(outbox_row const&, outbox_row const&) = default;
};

/** @brief The row of an entry.
 *  @par Errors  `errc::bad_value`: it holds a number that JSON has no text for. The server would
 *               not take it either. */
result<outbox_row> to_row(outbox_entry const& entry);

/** @brief The entry of a row.
 *  @par Errors  `errc::bad_value`, naming the column that no entry could have led to. */
result<outbox_entry> to_entry(outbox_row const& row);

/** @brief What a row counts for: its texts, and a little for the rest. */
std::size_t size_of(outbox_row const& row) noexcept;

}  // namespace conductor::storage
