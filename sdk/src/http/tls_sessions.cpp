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

void tls_sessions::listen(ssl_ctx_st* context) {
    SSL_CTX_set_session_cache_mode(context,
                                   SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
    SSL_CTX_sess_set_new_cb(context, &tls_sessions::keep);
}

void tls_sessions::offer(ssl_st* stream, std::string const& origin) {
    auto place = sessions_.find(origin);
    if (place == sessions_.end()) {
        if (sessions_.size() >= origins_max) return;
        place = sessions_.try_emplace(origin).first;
    }
    SSL_set_ex_data(stream, place_index(), &place->second);
    if (place->second) SSL_set_session(stream, place->second.get());
}

void tls_sessions::forget(std::string const& origin) {
    // The place stays, since connections know it.
    if (auto const place = sessions_.find(origin); place != sessions_.end()) place->second.reset();
}

// A copy is kept: OpenSSL spoils a connection's own session when the connection ends without a
// farewell, as idle ones do.
int tls_sessions::keep(ssl_st* stream, ssl_session_st* session) {
    auto* const place = static_cast<kept_session*>(SSL_get_ex_data(stream, place_index()));
    if (place != nullptr) place->reset(SSL_SESSION_dup(session));
    return 0;  // OpenSSL's reference stays OpenSSL's.
}

}  // namespace conductor::http
