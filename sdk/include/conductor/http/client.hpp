#pragma once

#include <conductor/environment.hpp>
#include <conductor/error.hpp>
#include <conductor/http/request.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace conductor::http {

/** @brief TLS settings. TLS 1.2 and up; the peer's certificate and name are always verified.
 *
 *  The files are looked at before each request over TLS, and read again when they have changed.
 * Files that cannot be used then leave the settings as they were. */
struct tls_options {
    /** @brief PEM file of trusted authorities; empty for the system's. */
    std::string ca_file{};
    /** @brief PEM file of our certificate (mutual TLS); empty for none. */
    std::string cert_file{};
    /** @brief PEM file of its private key. */
    std::string key_file{};

    friend bool operator==(tls_options const&, tls_options const&) = default;
};

/** @brief Which requests go through a proxy. */
struct proxy_options {
    /** @brief Proxy for http URLs, `http://[user:password@]host:port`; empty for none. */
    std::string http{};
    /** @brief Proxy for https URLs (CONNECT); empty for none. */
    std::string https{};
    /** @brief Hosts that are reached directly: comma list of `host`, `.domain`, `host:port`,
     *  addresses, CIDR blocks or `*`. */
    std::string no_proxy{};

    /** @brief From `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY` or their lower-case forms (which win).
     *
     *  Loopback is always reached directly. */
    static proxy_options from_environment();

    friend bool operator==(proxy_options const&, proxy_options const&) = default;
};

/** @brief How a client behaves. */
struct client_options {
    /** @brief TLS settings. */
    tls_options tls{};
    /** @brief Proxies. */
    proxy_options proxy{};
    /** @brief Connections to one origin at once; further requests wait for one. */
    std::size_t connections_per_origin_max = 64;
    /** @brief A kept connection that was idle for longer is not used again. */
    std::chrono::milliseconds idle_max{std::chrono::seconds{15}};
    /** @brief Limit of an answer's header. */
    std::size_t header_bytes_max = 64 * 1024;
    /** @brief Limit of an answer's body, after decoding. */
    std::size_t body_bytes_max = 32 * 1024 * 1024;
    /** @brief Asks for gzip. */
    bool accept_gzip = true;
    /** @brief The `User-Agent`. */
    std::string user_agent = "conductor-cpp";
};

/** @brief An HTTP/1.1 client with a pool of kept connections for each origin.
 *
 *  A kept connection that the server closed is replaced unseen where repeating is safe; a closed
 *  one is noticed before it is used where possible.
 *  @par Threads   The executor's one thread.
 *  @par Lifetime  Destroy it when no `send()` is under way, or after the executor has stopped.
 */
class client {
public:
    /** @brief Opens no connection and reads no file yet.
     *  @throws config_error naming the option that cannot be used. */
    client(boost::asio::any_io_executor executor, client_options options = {});
    client(client const&) = delete;
    client& operator=(client const&) = delete;
    ~client();

    /** @brief Sends a request and reads the whole answer.
     *
     *  @return The answer, whatever its status.
     *  @par Errors        `errc::bad_url`, `errc::bad_header`, `errc::timed_out`,
     *                     `errc::header_too_large`, `errc::body_too_large`, `errc::bad_response`,
     *                     `errc::connection_closed`, `errc::too_many_redirects`,
     *                     `errc::proxy_refused`; TLS and system errors. `failure::detail` names
     *                     method, scheme, host, port and path, never query or credentials;
     *                     `failure::may_have_arrived` is true once bytes may have left.
     *  @par Cancellation  Terminal: gives `errc::stopped` and closes the connection.
     */
    awaitable<result<response>> send(request request);

private:
    class implementation;
    std::shared_ptr<implementation> implementation_;
};

}  // namespace conductor::http
