#pragma once

#include <conductor/error.hpp>
#include <conductor/http/client.hpp>

#include "http/target.hpp"
#include "http/tls_sessions.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

#include <memory>
#include <optional>
#include <string>

namespace conductor::http {

/** @brief TLS over a socket that belongs to someone else. */
using tls_stream = boost::asio::ssl::stream<boost::asio::ip::tcp::socket&>;

/** @brief The TLS settings, read from their files at the first use: who speaks plain HTTP only
 *  never pays for the list of authorities. */
class tls_context {
public:
    explicit tls_context(tls_options options) : options_(std::move(options)) {}

    /** @brief A client stream that will send the origin's host as server name and accept only a
     *  certificate for it (a name, or an address when the host is one). It offers to resume the
     *  origin's last session.
     *  @par Errors  Of OpenSSL; the detail names the file that cannot be used. */
    result<std::unique_ptr<tls_stream>> make_stream(boost::asio::ip::tcp::socket& socket,
                                                    origin const& to);
    /** @brief A handshake with an origin failed: the next one resumes nothing. */
    void handshake_failed(origin const& to) { sessions_.forget(authority(to)); }

private:
    result<void> load();

    tls_options options_;
    tls_sessions sessions_;
    std::optional<boost::asio::ssl::context> context_;
};

/** @brief Why the peer's certificate was not accepted; empty when that was not the trouble. */
std::string certificate_complaint(tls_stream& stream);

}  // namespace conductor::http
