#pragma once

#include <conductor/environment.hpp>
#include <conductor/error.hpp>
#include <conductor/task.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace conductor {

/** @brief When a result goes through the outbox. */
enum class outbox_mode {
    /** @brief Never: results are kept in memory alone, each in its slot. */
    off,
    /** @brief When its first attempt failed in a way that may pass. */
    on_failure,
    /** @brief Always, before its first attempt. */
    always,
};

/** @brief A result that the server has not taken yet. */
struct outbox_entry {
    /** @brief The result, with `task_type`. */
    task_update update;
    /** @brief The task's `pollCount` when it was claimed: a later claim has a larger one. */
    std::int64_t poll_count = 0;
    /** @brief When the handler ended. */
    std::chrono::system_clock::time_point created{};

    friend bool operator==(outbox_entry const&, outbox_entry const&) = default;
};

/** @brief Names an entry: the store's own number, larger for later entries. */
using outbox_key = std::int64_t;

/** @brief How full an outbox is. */
struct outbox_level {
    /** @brief Entries. */
    std::size_t rows = 0;
    /** @brief Their size. */
    std::size_t bytes = 0;
    /** @brief Creation of the oldest; none when it is empty. */
    std::optional<std::chrono::system_clock::time_point> oldest{};
    /** @brief A further entry may find no room: nothing is claimed any more. */
    bool full = false;

    friend bool operator==(outbox_level const&, outbox_level const&) = default;
};

/** @brief Keeps results until the server has taken them, also over a restart of the process.
 *
 *  An entry may hold what a workflow's data hold, but no secret of the process.
 *  @par Threads       The runtime's thread; waiting for the disk is done elsewhere.
 *  @par Cancellation  Terminal only. What was asked for is done all the same.
 */
class outbox {
public:
    virtual ~outbox() = default;
    /** @brief Keeps an entry; when it returns, a crash cannot lose it.
     *  @par Errors  `std::errc::no_space_on_device` when it is full, or what the system says. */
    virtual awaitable<result<outbox_key>> put(outbox_entry entry) = 0;
    /** @brief Forgets an entry. An entry that is unknown is no error. */
    virtual awaitable<result<void>> remove(outbox_key key) = 0;
    /** @brief The entries there are, the oldest first. */
    virtual awaitable<result<std::vector<outbox_key>>> keys() = 0;
    /** @brief Reads an entry; none when it is unknown. */
    virtual awaitable<result<std::optional<outbox_entry>>> read(outbox_key key) = 0;
    /** @brief How full it is. */
    virtual outbox_level level() const = 0;
};

}  // namespace conductor
