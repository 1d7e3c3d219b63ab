#pragma once

#include "certificates.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

struct ssl_ctx_st;
struct ssl_st;

namespace conductor::test {

/** @brief A server's side of one connection, with blocking calls. All of them do nothing once the
 *  client is gone, so a script needs no error handling. */
class peer {
public:
    /** @brief Takes the socket over; with a context it will speak TLS after `start_tls()`. */
    peer(int socket, std::size_t number, ssl_ctx_st* context);
    peer(peer const&) = delete;
    peer& operator=(peer const&) = delete;
    ~peer();

    /** @brief The how manieth connection of the server this is, from 0. */
    std::size_t number() const { return number_; }
    /** @brief Speaks only a protocol that nobody should accept any more. */
    void allow_only_tls_1_1() { is_outdated_ = true; }
    /** @brief The server's part of the handshake; false when it failed. */
    bool start_tls();
    /** @brief Whether the handshake resumed a session. */
    bool has_resumed() const;
    /** @brief The server name that the client sent. */
    std::string server_name() const;
    /** @brief The subject of the client's certificate; empty without one. */
    std::string client_subject() const;

    /** @brief Reads a head and as much body as it announces; empty when the client is gone. */
    std::string read_request();
    /** @brief Reads a head; what came behind it is kept for the next read. */
    std::string read_head();
    /** @brief Reads so many bytes of a body; gives how many came. */
    std::size_t read_body(std::size_t size);
    /** @brief Sends bytes as they are; false when the client is gone. */
    bool write(std::string_view bytes);
    /** @brief Waits until the client closes. */
    void wait_for_close();
    /** @brief Closes so that the client sees a reset instead of an end. */
    void reset();
    /** @brief Ends the connection from another thread. */
    void shut_down();

private:
    int receive(char* room, int size);
    bool fill();

    int socket_;
    std::size_t number_;
    ssl_ctx_st* context_;
    ssl_st* tls_ = nullptr;
    bool is_outdated_ = false;
    std::string pending_;
};

/** @brief A server on 127.0.0.1 that says, byte by byte, what a test's script wants.
 *
 *  The script runs for each connection on a thread of its own; its end closes the connection.
 */
class scripted_server {
public:
    /** @brief What happens on one connection. */
    using script = std::function<void(peer&)>;

    /** @brief Starts it; with an identity it can speak TLS. */
    explicit scripted_server(script conversation, identity const* tls = nullptr);
    scripted_server(scripted_server const&) = delete;
    scripted_server& operator=(scripted_server const&) = delete;
    /** @brief Closes all connections and waits for the scripts to end. */
    ~scripted_server();

    /** @brief Its port. */
    std::uint16_t port() const { return port_; }
    /** @brief `http://127.0.0.1:PORT` and the path. */
    std::string url(std::string_view path = "/") const;
    /** @brief `https://HOST:PORT` and the path. */
    std::string secure_url(std::string_view host, std::string_view path = "/") const;
    /** @brief How many connections were accepted so far. */
    std::size_t connections() const;

private:
    void accept_all();
    void serve(std::shared_ptr<peer> client);

    script conversation_;
    std::shared_ptr<ssl_ctx_st> context_;
    int listener_;
    std::uint16_t port_ = 0;
    mutable std::mutex mutex_;
    std::vector<std::weak_ptr<peer>> peers_;
    std::vector<std::thread> threads_;
    std::thread acceptor_;
};

/** @brief An answer of status 200 with this body. */
std::string ok(std::string_view body, std::string_view header_lines = {});

/** @brief Answers every request with its own first line, until the client goes. */
void echo_request_lines(peer& client);

/** @brief A port of 127.0.0.1 on which connecting takes for ever. */
class unresponsive_port {
public:
    unresponsive_port();
    unresponsive_port(unresponsive_port const&) = delete;
    unresponsive_port& operator=(unresponsive_port const&) = delete;
    ~unresponsive_port();

    /** @brief The port. */
    std::uint16_t port() const { return port_; }

private:
    std::vector<int> sockets_;
    std::uint16_t port_ = 0;
};

/** @brief A port of 127.0.0.1 on which nobody listens. */
std::uint16_t closed_port();

}  // namespace conductor::test
