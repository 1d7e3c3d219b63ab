#pragma once

#include "runtime/lease_policy.hpp"

#include <conductor/environment.hpp>
#include <conductor/observer.hpp>
#include <conductor/task.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace conductor::runtime_detail {

/** @brief A task that is claimed in our name and not settled yet: it runs, or its result has not
 *  been taken by the server.
 *
 *  The server writes a lease's extension without a lock, so an extension that overlaps an update
 *  of the same task can undo it. Whoever calls the server about the task has its turn first.
 */
struct flight {
    /** @brief The task; once its result is in the outbox, only what names it. */
    std::shared_ptr<conductor::task const> claimed;
    /** @brief Who claimed it; another process of ours before a restart, perhaps. */
    std::string worker_id;
    /** @brief The task's `pollCount` as of the last claim. */
    std::int64_t poll_count = 0;
    /** @brief When to look after its lease. */
    lease_policy lease;
    /** @brief Its handler has ended; what is left is to deliver its result. */
    bool reporting = false;
    /** @brief Its result hands the task back: the server may hand it out again before we hear that
     *  the result has arrived. */
    bool handing_back = false;
    /** @brief It was handed out again, so its result has arrived. */
    bool claimed_again = false;
    /** @brief Asks the handler to end. */
    std::stop_source stop{};
    /** @brief Why the task is no longer ours; none while it is. */
    std::optional<cancel_reason> cancelled{};
    /** @brief A call about the task is under way. */
    bool calling = false;
    /** @brief What the one who waits for its turn waits on. */
    std::unique_ptr<timer> turn{};
};

/** @brief All flights, by task id. */
class flights {
public:
    /** @brief The flight of a task; none when there is none. */
    std::shared_ptr<flight> find(std::string_view task_id) const {
        auto const found = by_id_.find(std::string(task_id));
        return found == by_id_.end() ? nullptr : found->second;
    }
    /** @brief Adds one, in place of an earlier claim of the task. */
    void add(std::shared_ptr<flight> added) {
        std::string id(added->claimed->id());
        by_id_.insert_or_assign(std::move(id), std::move(added));
    }
    /** @brief A flight is settled; one of a later claim of the task stays. */
    void remove(flight const& settled) {
        auto const found = by_id_.find(std::string(settled.claimed->id()));
        if (found != by_id_.end() && found->second.get() == &settled) by_id_.erase(found);
    }
    /** @brief All of them, as of now. */
    std::vector<std::shared_ptr<flight>> all() const {
        std::vector<std::shared_ptr<flight>> list;
        list.reserve(by_id_.size());
        for (auto const& [id, one] : by_id_) list.push_back(one);
        return list;
    }

private:
    std::unordered_map<std::string, std::shared_ptr<flight>> by_id_;
};

}  // namespace conductor::runtime_detail
