#pragma once

#include <chrono>
#include <compare>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace conductor::test {

/** @brief Which queue: one for each task type and domain. */
struct queue_name {
    /** @brief The task type. */
    std::string type;
    /** @brief The domain; empty for none. */
    std::string domain{};

    friend auto operator<=>(queue_name const&, queue_name const&) = default;
};

/** @brief Tasks that wait for a worker, some of them only from a later time on. */
class task_queue {
public:
    /** @brief When a task may be taken. */
    using due_time = std::chrono::steady_clock::time_point;

    /** @brief Puts a task behind all others. */
    void put(queue_name const& name, std::string task_id, due_time due);
    /** @brief Removes a task from whatever queue it is in. */
    void remove(std::string const& task_id);
    /** @brief Takes up to `count` tasks that are due. */
    std::vector<std::string> take(queue_name const& name, std::size_t count, due_time now);
    /** @brief How many tasks wait, those that are not due yet too. */
    std::size_t size(queue_name const& name) const;
    /** @brief When the next task of a queue is due. */
    std::optional<due_time> next_due(queue_name const& name) const;

private:
    struct entry {
        std::string task_id;
        due_time due;
    };
    std::map<queue_name, std::vector<entry>> queues_;
};

}  // namespace conductor::test
