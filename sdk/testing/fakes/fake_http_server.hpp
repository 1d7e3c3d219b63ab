#pragma once

#include "gate.hpp"
#include "http_exchange.hpp"

#include <conductor/environment.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::test {

/** @brief How a `fake_http_server` treats its connections. */
struct fake_http_server_options {
    /** @brief Closes each connection after so many requests; zero for never. */
    std::size_t requests_per_connection = 0;
    /** @brief Whether the last answer before such a close says `Connection: close`. */
    bool announce_close = true;
    /** @brief Whether it listens from the start, else from `go_up()` on. */
    bool up = true;
};

/** @brief A real HTTP/1.1 server on 127.0.0.1, on a thread and a port of its own.
 *
 *  @code
 *  fake_http_server server{[](http_request const& request) {
 *      return http_answer{.body = R"({"path": ")" + std::string{request.path()} + "\"}"};
 *  }};
 *  server.answer_next({.status = 503, .body = "busy"});            // scripted: before the handler
 *  server.answer_next({.delivery = delivery::nothing});            // read, then closed
 *  @endcode
 *  @par Threads  Handlers run on the server's thread; everything else may be called from any. */
class fake_http_server {
public:
    /** @brief Answers a request. */
    using handler = std::function<http_answer(http_request const&)>;
    /** @brief Answers a request, maybe later; runs on `get_executor()`. */
    using coroutine_handler = std::function<awaitable<http_answer>(http_request)>;

    /** @brief Starts it. */
    explicit fake_http_server(handler answer, fake_http_server_options options = {});
    /** @brief Starts it. */
    explicit fake_http_server(coroutine_handler answer, fake_http_server_options options = {});
    fake_http_server(fake_http_server const&) = delete;
    fake_http_server& operator=(fake_http_server const&) = delete;
    /** @brief Closes all connections and ends the thread. */
    ~fake_http_server();

    /** @brief `http://127.0.0.1:PORT` and the target. */
    std::string url(std::string_view target = {}) const;
    /** @brief The port, which stays the same while the server is down. */
    std::uint16_t port() const;

    /** @brief Answers the next request, of a path unless that is empty, with this in place of the
     *  handler's; queues up. */
    void answer_next(http_answer answer, std::string path = {});
    /** @brief Lets the handler carry out the next request of a path, and sends this in place of its
     *  answer: the server has acted and says that it has not. */
    void replace_next_answer(http_answer answer, std::string path);
    /** @brief Lets the handler answer the next request of a path, and closes the connection in
     *  place of sending that: the server has acted and the client cannot know. */
    void lose_next_answer(std::string path);
    /** @brief Closes the connection of each of the next requests without reading them. */
    void close_before_reading(std::size_t requests = 1);
    /** @brief A closed gate, for `http_answer::hold`; must not outlive the server. */
    std::shared_ptr<gate> make_gate();

    /** @brief Closes all connections that wait for a request, as a server does that tidies up. */
    void close_idle_connections();
    /** @brief Closes all connections and refuses new ones, as a server that is not running. */
    void go_down();
    /** @brief Listens again. */
    void go_up();

    /** @brief Everything received so far, scripted or not. */
    std::vector<http_request> requests() const;
    /** @brief Waits for requests.
     *  @return Whether `count` have come in all, within the time limit of tests. */
    bool wait_for_requests(std::size_t count) const;
    /** @brief How many connections were accepted so far. */
    std::size_t connections() const;

    /** @brief Where the server runs. */
    boost::asio::any_io_executor get_executor() const;

private:
    class implementation;
    std::unique_ptr<implementation> implementation_;
};

}  // namespace conductor::test
