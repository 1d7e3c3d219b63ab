#pragma once

#include <daemon/config/listen_address.hpp>
#include <daemon/health/admin_request.hpp>

#include <conductor/environment.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>

namespace conductor::daemon {

/** @brief Serves small GET requests over HTTP/1.1, one a connection.
 *
 *  A connection has five seconds in all, and at most sixteen are served at once.
 *  @par Threads  The executor's one thread.
 *  @par Lifetime Its coroutines end with the executor's loop, or after `close()`.
 */
class admin_listener {
public:
    /** @brief Answers a request that was not refused. */
    using handler = std::function<admin_answer(admin_request const&)>;

    /** @brief Listens at once, and serves while the executor's loop runs.
     *  @throws config_error when the address cannot be listened on. */
    admin_listener(boost::asio::any_io_executor executor, listen_address address,
                   std::shared_ptr<clock> clock, handler answer);
    admin_listener(admin_listener const&) = delete;
    admin_listener& operator=(admin_listener const&) = delete;
    /** @brief Closes it. */
    ~admin_listener();

    /** @brief Where it listens, with the port that the system chose. */
    listen_address address() const;
    /** @brief Stops listening; connections under way are served to their end. */
    void close();

private:
    struct server;
    std::shared_ptr<server> server_;
};

}  // namespace conductor::daemon
