#pragma once

#include <orbit_upload/line_store.hpp>
#include <orbit_upload/sink.hpp>
#include <orbit_upload/storage_thread.hpp>

#include <memory>
#include <string>

namespace conductor::workers {

/** @brief A file with one activity a line, as JSON. The disk is waited for on a thread of its own.
 */
class file_sink final : public sink {
public:
    /** @brief Adds to a file, which is made when it is not there; its folder must be.
     *  @param path  Absolute. */
    file_sink(std::string path, std::shared_ptr<clock> clock);

    /** @brief Waits up to `storage_patience_max` for somebody else who holds the file. */
    awaitable<std::vector<delivery_report>> deliver(delivery many) override;
    std::size_t batch_max() const override { return no_batch_max; }
    bool is_paced() const override { return false; }
    workers::key_rule key_rule() const override { return workers::key_rule::none; }

private:
    std::shared_ptr<line_store> store_;  // used on the thread alone
    std::shared_ptr<clock> clock_;
    storage_thread thread_;
};

}  // namespace conductor::workers
