#pragma once

#include <conductor/outbox.hpp>

#include <chrono>
#include <cstddef>
#include <map>
#include <vector>

namespace conductor::storage {

/** @brief An entry as the ledger knows it. */
struct ledger_entry {
    /** @brief Its size. */
    std::size_t bytes = 0;
    /** @brief When it came to be. */
    std::chrono::system_clock::time_point created{};
};

/** @brief Counts what an outbox holds, and says whether there is room for more. */
class outbox_ledger {
public:
    /** @brief An empty one with limits. */
    outbox_ledger(std::size_t rows_max, std::size_t bytes_max);

    /** @brief Takes room for an entry that is on its way to the disk; false when there is none. */
    bool reserve(std::size_t bytes);
    /** @brief Gives back what `reserve()` took: the entry did not reach the disk. */
    void release(std::size_t bytes);
    /** @brief An entry, for which `reserve()` took room, is on the disk. */
    void keep(outbox_key key, ledger_entry entry);
    /** @brief An entry was found on the disk. It counts, whether or not there was room. */
    void find(outbox_key key, ledger_entry entry);
    /** @brief An entry is gone from the disk; one that is unknown is none. */
    void forget(outbox_key key);

    /** @brief The entries on the disk, the oldest first. */
    std::vector<outbox_key> keys() const;
    /** @brief How full it is, what is on its way included. */
    outbox_level level() const;

private:
    bool has_room(std::size_t bytes) const;

    std::size_t rows_max_;
    std::size_t bytes_max_;
    std::map<outbox_key, ledger_entry> entries_;
    std::size_t rows_ = 0;
    std::size_t bytes_ = 0;
    std::size_t largest_ = 0;
};

}  // namespace conductor::storage
