#pragma once

#include <daemon/config/listen_address.hpp>
#include <daemon/health/admin_request.hpp>

#include <conductor/environment.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace conductor::daemon {

/** @brief Where an `admin_listener` listens, and what it takes. */
struct admin_listener_options {
    /** @brief Where. */
    listen_address address{};
    /** @brief The key of the configuration that says so, for errors. */
    std::string_view key = "admin.listen";
    /** @brief Connections at once; a further one waits. */
    std::size_t connections_max = 16;
    /** @brief The longest body of a POST; none to take none. */
    std::optional<std::size_t> body_bytes_max{};
    /** @brief Answers at once that go on; a further one is refused by 503. */
    std::size_t streams_max = 0;
    /** @brief From one piece of such an answer to the next. */
    std::chrono::milliseconds piece_interval{1000};
};

/** @brief Serves small requests over HTTP/1.1, one a connection.
 *
 *  A connection has five seconds in all; where the answer goes on, each of its pieces has. An
 *  answer that goes on holds one of the connections, too.
 *  @par Threads  The executor's one thread.
 *  @par Lifetime Its coroutines end with the executor's loop, or after `close()`.
 */
class admin_listener {
public:
    /** @brief Answers a request that was not refused. */
    using handler = std::function<admin_answer(admin_request const&)>;

    /** @brief Listens at once, and serves while the executor's loop runs.
     *  @throws config_error when the address cannot be listened on. */
    admin_listener(boost::asio::any_io_executor executor, admin_listener_options options,
                   std::shared_ptr<clock> clock, handler answer);
    admin_listener(admin_listener const&) = delete;
    admin_listener& operator=(admin_listener const&) = delete;
    /** @brief Closes it. */
    ~admin_listener();

    /** @brief Where it listens, with the port that the system chose. */
    listen_address address() const;
    /** @brief Stops listening; connections under way are served to their end, and answers that go
     *  on end with their next piece. */
    void close();

private:
    struct server;
    std::shared_ptr<server> server_;
};

}  // namespace conductor::daemon
