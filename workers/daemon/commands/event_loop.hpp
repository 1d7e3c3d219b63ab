#pragma once

#include <conductor/environment.hpp>

#include <boost/asio/io_context.hpp>

namespace conductor::daemon {

/** @brief Runs one coroutine of a command to its end. */
class event_loop {
public:
    /** @brief Where clients and timers of the command run. */
    boost::asio::any_io_executor get_executor() { return loop_.get_executor(); }

    /** @brief Runs it; its exceptions come out, its value is returned. */
    int run(awaitable<int> work);

private:
    boost::asio::io_context loop_{1};
};

}  // namespace conductor::daemon
