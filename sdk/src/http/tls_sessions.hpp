#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>

struct ssl_ctx_st;
struct ssl_session_st;
struct ssl_st;

namespace conductor::http {

/** @brief The last TLS session with each origin: a connection that resumes it costs neither side a
 *  signature, and the client no look at certificates.
 *
 *  A session belongs to the origin whose certificate was verified when it began, and is offered to
 *  nobody else. Sessions are kept in memory only.
 *  @par Lifetime  Longer than the connections.
 */
class tls_sessions {
public:
    tls_sessions() = default;
    tls_sessions(tls_sessions const&) = delete;
    tls_sessions& operator=(tls_sessions const&) = delete;

    /** @brief Lets a context's connections say which sessions they are given. Those of the context
     *  before it are dropped, and its connections bring no further ones. */
    void begin(ssl_ctx_st* context);
    /** @brief Offers the origin's session on a new connection, and keeps those that it is given.
     *  Of very many origins the first ones only are remembered. */
    void offer(ssl_st* stream, std::string const& origin);
    /** @brief Drops the origin's session: a handshake that offered it failed, perhaps for it. */
    void forget(std::string const& origin);

private:
    struct free_session {
        void operator()(ssl_session_st* session) const noexcept;
    };
    using kept_session = std::unique_ptr<ssl_session_st, free_session>;

    struct place {
        tls_sessions* owner;
        kept_session session{};
    };

    static int keep(ssl_st* stream, ssl_session_st* session);

    ssl_ctx_st* context_ = nullptr;
    std::map<std::string, place> sessions_;
};

}  // namespace conductor::http
