#pragma once

#include <conductor/error.hpp>
#include <conductor/http/client.hpp>

#include "http/target.hpp"
#include "http/tls_sessions.hpp"
#include "http/watched_files.hpp"

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
 *  never pays for the list of authorities.
 *
 *  Files that the settings name are read again when they have changed. Files that cannot be used,
 *  as halfway through a renewal, change nothing: the settings before them hold until the next
 *  change, and `complaint()` says so.
 */
class tls_context {
public:
    explicit tls_context(tls_options options);
    tls_context(tls_context const&) = delete;
    tls_context& operator=(tls_context const&) = delete;

    /** @brief Takes up what has changed in the files since the last call; asks the system about
     *  each of them. Before the first use it does nothing. */
    void refresh();
    /** @brief Why the changed files are not in use; empty when they are. */
    std::string const& complaint() const { return complaint_; }
    /** @brief Whether a connection was made with the settings of now. One that was not may end its
     *  request, and is not used for another. */
    bool is_current(tls_stream& stream);

    /** @brief A client stream that will send the origin's host as server name and accept only a
     *  certificate for it (a name, or an address when the host is one). It offers to resume the
     *  origin's last session.
     *  @par Errors  Of OpenSSL; the detail names the file that cannot be used. `errc::bad_url` for
     *               an origin without a host, which OpenSSL would take for "any". */
    result<std::unique_ptr<tls_stream>> make_stream(boost::asio::ip::tcp::socket& socket,
                                                    origin const& to);
    /** @brief A handshake with an origin failed: the next one resumes nothing. */
    void handshake_failed(origin const& to) { sessions_.forget(authority(to)); }

private:
    result<void> load();

    tls_options options_;
    watched_files files_;
    std::string complaint_;
    tls_sessions sessions_;
    std::optional<boost::asio::ssl::context> context_;
};

/** @brief Why the peer's certificate was not accepted; empty when that was not the trouble. */
std::string certificate_complaint(tls_stream& stream);

/** @brief What is wrong with the peer after a handshake that ended well: nothing, when its
 *  certificate and name were verified. A second look, so that no single setting that goes missing
 *  lets a stranger in. */
error_code check_peer(tls_stream& stream);

}  // namespace conductor::http
