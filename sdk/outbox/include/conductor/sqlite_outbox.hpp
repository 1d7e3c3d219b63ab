#pragma once

#include <conductor/outbox.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace conductor {

/** @brief Where a `sqlite_outbox` keeps its entries, and how many. */
struct sqlite_outbox_options {
    /** @brief The file, made when it is not there; its folder must be. Only this process may use
     *  it meanwhile, and only its owner may read it. */
    std::string path;
    /** @brief Entries; beyond it `put()` gives `std::errc::no_space_on_device`. */
    std::size_t rows_max = 100'000;
    /** @brief Their size as stored; beyond it `put()` gives `std::errc::no_space_on_device`. */
    std::size_t bytes_max = 256 * 1024 * 1024;

    friend bool operator==(sqlite_outbox_options const&, sqlite_outbox_options const&) = default;
};

/** @brief An outbox in an SQLite file, for crashes of the process and of the machine alike.
 *
 *  A thread of its own waits for the disk. Entries that arrive while it does go to the disk
 *  together, in one transaction. What is stored is read back as it was put, to the last bit.
 *  @par Threads   Any number of loops may use it; each call is made on its loop's thread.
 *  @par Lifetime  Destroy it when no call is under way, or after the loops that called are gone.
 *                 Its end waits until all that was asked for is on the disk.
 */
class sqlite_outbox final : public outbox {
public:
    /** @brief Opens the file, or makes it; blocks as long as the disk takes.
     *
     *  @throws config_error naming the file and what to do: it cannot be opened or made, another
     *  process uses it, it is something else, damaged, or of a later version. It is left as it
     *  was then. */
    explicit sqlite_outbox(sqlite_outbox_options options);
    sqlite_outbox(sqlite_outbox const&) = delete;
    sqlite_outbox& operator=(sqlite_outbox const&) = delete;
    ~sqlite_outbox() override;

    /** @brief See `outbox::put()`.
     *  @par Errors  `std::errc::no_space_on_device`, SQLite's; `errc::bad_value` when the entry
     *               holds infinity or what is no number, which JSON has no text for. */
    awaitable<result<outbox_key>> put(outbox_entry entry) override;
    awaitable<result<void>> remove(outbox_key key) override;
    awaitable<result<std::vector<outbox_key>>> keys() override;
    /** @brief See `outbox::read()`.
     *  @par Errors  SQLite's; `errc::bad_value` when the entry was changed by somebody else. */
    awaitable<result<std::optional<outbox_entry>>> read(outbox_key key) override;
    outbox_level level() const override;

private:
    class implementation;
    std::unique_ptr<implementation> implementation_;
};

}  // namespace conductor
