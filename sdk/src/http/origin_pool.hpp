#pragma once

#include <conductor/environment.hpp>

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <utility>

namespace conductor::http {

/** @brief A connection that waits for its next request. */
template <class Connection>
struct idle_connection {
    /** @brief The connection; null when there is none. */
    std::unique_ptr<Connection> connection;
    /** @brief Since when it is idle. */
    time_point since{};
};

/** @brief Bookkeeping of the connections to one origin: who uses one, which are idle, who waits.
 *
 *  A *slot* is the right to have one connection. Its owner takes an idle one while there are any,
 *  so slots in use and idle connections together stay within the limit. Knows neither sockets nor
 *  the time.
 */
template <class Connection>
class origin_pool {
public:
    /** @brief One that waits for a slot; it leaves by `withdraw()` or by a grant. */
    struct waiter {
        /** @brief Whether a slot was granted. */
        bool granted = false;
        /** @brief The connection that came with the slot; null when one has to be opened. */
        std::unique_ptr<Connection> connection;
        /** @brief Called at the grant. */
        std::function<void()> on_grant;
    };

    explicit origin_pool(std::size_t connections_max) : connections_max_(connections_max) {}

    /** @brief Takes a slot, unless all are in use or others wait already. */
    bool try_take_slot() {
        if (in_use_ >= connections_max_ || !waiters_.empty()) return false;
        ++in_use_;
        return true;
    }

    /** @brief The idle connection used last, for the owner of a slot; null when none is idle. */
    idle_connection<Connection> take_idle() {
        if (idle_.empty()) return {};
        auto last = std::move(idle_.back());
        idle_.pop_back();
        return last;
    }

    /** @brief Gives a slot back: to who waits longest, or to all.
     *  @param connection  Null when it was closed. */
    void give_back(std::unique_ptr<Connection> connection, time_point now) {
        if (!waiters_.empty()) {
            auto* const next = waiters_.front();
            waiters_.pop_front();
            next->granted = true;
            next->connection = std::move(connection);
            next->on_grant();
            return;
        }
        --in_use_;
        if (connection) idle_.push_back({std::move(connection), now});
    }

    /** @brief Queues up behind all others. `waiting` stays where it is until it leaves. */
    void enqueue(waiter& waiting) { waiters_.push_back(&waiting); }

    /** @brief Leaves the queue, if still in it. */
    void withdraw(waiter& waiting) { std::erase(waiters_, &waiting); }

    /** @brief Closes the connections that are idle since before `limit`. */
    void drop_idle_since(time_point limit) {
        while (!idle_.empty() && idle_.front().since < limit) idle_.pop_front();
    }

    /** @brief Whether nothing is held, used or awaited. */
    bool is_unused() const { return in_use_ == 0 && idle_.empty() && waiters_.empty(); }

private:
    std::size_t connections_max_;
    std::size_t in_use_ = 0;
    std::deque<idle_connection<Connection>> idle_;
    std::deque<waiter*> waiters_;
};

}  // namespace conductor::http
