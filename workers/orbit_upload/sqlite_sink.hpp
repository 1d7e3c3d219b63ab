#pragma once

#include <orbit_upload/sink.hpp>
#include <orbit_upload/storage_thread.hpp>

#include <memory>
#include <string>

namespace conductor::workers {

/** @brief The community database: a SQLite file with people, repositories, activities and runs.
 *
 *  The disk is waited for on a thread of the sink's own.
 */
class sqlite_sink final : public sink {
public:
    /** @brief Loads into a database, which is made when it is not there; its folder must be.
     *  @param path  Absolute. */
    sqlite_sink(std::string path, std::shared_ptr<clock> clock);

    /** @brief One transaction. An activity whose time cannot be read is rejected, and the others
     *  are loaded. Waits up to `storage_patience_max` for others that write. */
    awaitable<std::vector<delivery_report>> deliver(delivery many) override;
    std::size_t batch_max() const override { return no_batch_max; }
    bool is_paced() const override { return false; }
    workers::key_rule key_rule() const override { return workers::key_rule::none; }

private:
    std::string path_;
    std::shared_ptr<clock> clock_;
    storage_thread thread_;
};

}  // namespace conductor::workers
