#pragma once

#include <conductor/environment.hpp>

#include "http/connection.hpp"
#include "http/origin_pool.hpp"

#include <chrono>
#include <memory>
#include <utility>

namespace conductor::http {

/** @brief The connections to one origin. */
using connection_pool = origin_pool<connection>;

/** @brief The owner of one slot of a pool, with the connection that uses it.
 *
 *  When it ends, the slot goes back and the connection is closed, unless `keep()` was called.
 */
class lease {
public:
    explicit lease(std::shared_ptr<connection_pool> pool) : pool_(std::move(pool)) {}
    lease(lease const&) = delete;
    lease& operator=(lease const&) = delete;
    ~lease() {
        if (has_slot_) pool_->give_back(nullptr, {});
    }

    /** @brief Takes a slot if one is free. */
    bool try_take_slot() { return has_slot_ = pool_->try_take_slot(); }

    /** @brief Waits in line for a slot, which may come with a connection.
     *  @return Whether it came before the deadline and a stop. */
    awaitable<bool> wait_for_slot(conductor::clock& clock, time_point deadline);

    /** @brief Takes an idle connection that can be used; returns whether there is one now. */
    bool take_idle(time_point now, std::chrono::milliseconds idle_max);

    /** @brief Takes a new, unopened connection in place of the present one. */
    void make_connection(boost::asio::any_io_executor const& executor) {
        link_ = std::make_unique<connection>(executor);
    }

    /** @brief Closes the present connection, which cannot be used again. */
    void drop() { link_.reset(); }

    /** @brief The connection. */
    connection& link() { return *link_; }

    /** @brief Gives slot and connection back, for the next request. */
    void keep(time_point now) {
        has_slot_ = false;
        pool_->give_back(std::move(link_), now);
    }

private:
    std::shared_ptr<connection_pool> pool_;
    std::unique_ptr<connection> link_;
    bool has_slot_ = false;
};

}  // namespace conductor::http
