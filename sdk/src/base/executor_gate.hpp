#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <mutex>
#include <optional>

namespace conductor::base {

/** @brief Posts to an event loop from other threads, until the loop is gone.
 *
 *  A handler that outlives its runtime must not reach for the runtime's loop.
 *  @par Threads  Any.
 */
class executor_gate {
public:
    /** @brief An open gate. */
    explicit executor_gate(boost::asio::any_io_executor executor);
    /** @brief Runs `job` on the loop; drops it once the gate is closed. */
    void post(std::function<void()> job);
    /** @brief Lets nothing through any more. */
    void close();

private:
    std::mutex mutex_;
    std::optional<boost::asio::any_io_executor> executor_;
};

}  // namespace conductor::base
