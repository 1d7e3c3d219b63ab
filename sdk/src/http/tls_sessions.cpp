#include "http/tls_sessions.hpp"

#include <openssl/ssl.h>

namespace conductor::http {
namespace {

constexpr std::size_t origins_max = 256;

// Where a connection notes the place of its origin's session.
int place_index() {
    static int const index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

}  // namespace

void tls_sessions::free_session::operator()(ssl_session_st* session) const noexcept {
    SSL_SESSION_free(session);
}

void tls_sessions::begin(ssl_ctx_st* context) {
    // The places stay, since connections know them.
    for (auto& [origin, kept] : sessions_) kept.session.reset();
    context_ = context;
    SSL_CTX_set_session_cache_mode(context,
                                   SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
    SSL_CTX_sess_set_new_cb(context, &tls_sessions::keep);
}

void tls_sessions::offer(ssl_st* stream, std::string const& origin) {
    auto found = sessions_.find(origin);
    if (found == sessions_.end()) {
        if (sessions_.size() >= origins_max) return;
        found = sessions_.try_emplace(origin, place{this}).first;
    }
    SSL_set_ex_data(stream, place_index(), &found->second);
    if (auto const& kept = found->second.session) SSL_set_session(stream, kept.get());
}

void tls_sessions::forget(std::string const& origin) {
    // The place stays, since connections know it.
    if (auto const found = sessions_.find(origin); found != sessions_.end())
        found->second.session.reset();
}

// A copy is kept: OpenSSL spoils a connection's own session when the connection ends without a
// farewell, as idle ones do.
int tls_sessions::keep(ssl_st* stream, ssl_session_st* session) {
    auto* const known = static_cast<place*>(SSL_get_ex_data(stream, place_index()));
    if (known != nullptr && SSL_get_SSL_CTX(stream) == known->owner->context_)
        known->session.reset(SSL_SESSION_dup(session));
    return 0;  // OpenSSL's reference stays OpenSSL's.
}

}  // namespace conductor::http
