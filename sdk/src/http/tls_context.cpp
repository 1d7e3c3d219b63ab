#include "http/tls_context.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/error.hpp>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <utility>

namespace conductor::http {
namespace {

namespace ssl = boost::asio::ssl;

failure last_openssl_error(std::string what) {
    return {error_code(static_cast<int>(ERR_get_error()), boost::asio::error::get_ssl_category()),
            std::move(what)};
}

bool is_address(std::string const& host) {
    error_code error;
    boost::asio::ip::make_address(host, error);
    return !error;
}

// The macro of OpenSSL for this has a cast that our warnings refuse.
bool send_server_name(SSL* stream, std::string const& host) {
    return SSL_ctrl(stream, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                    const_cast<char*>(host.c_str())) == 1;
}

bool expect_peer(SSL* stream, std::string const& host) {
    auto* const parameters = SSL_get0_param(stream);
    if (is_address(host)) return X509_VERIFY_PARAM_set1_ip_asc(parameters, host.c_str()) == 1;
    X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return X509_VERIFY_PARAM_set1_host(parameters, host.data(), host.size()) == 1 &&
           send_server_name(stream, host);
}

// Whoever runs unattended has nobody to ask: a key with a password is one that cannot be used.
std::string no_password(std::size_t, ssl::context::password_purpose) { return {}; }

bool offer_http_1_1(SSL_CTX* context) {
    constexpr std::array<unsigned char, 9> protocols{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    // Unlike its neighbours this function gives zero for success.
    return SSL_CTX_set_alpn_protos(context, protocols.data(), protocols.size()) == 0;
}

}  // namespace

tls_context::tls_context(tls_options options)
    : options_(std::move(options)),
      files_({options_.ca_file, options_.cert_file, options_.key_file}) {}

void tls_context::refresh() {
    if (!context_ || files_.empty() || !files_.have_changed()) return;
    auto const loaded = load();
    complaint_ = loaded ? "" : loaded.error().message();
}

bool tls_context::is_current(tls_stream& stream) {
    return context_ && SSL_get_SSL_CTX(stream.native_handle()) == context_->native_handle();
}

result<void> tls_context::load() {
    ssl::context context(ssl::context::tls_client);
    error_code error;
    context.set_verify_mode(ssl::verify_peer);
    context.set_password_callback(no_password);
    if (SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION) != 1 ||
        !offer_http_1_1(context.native_handle())) {
        return last_openssl_error("TLS settings");
    }
    if (options_.ca_file.empty()) {
        context.set_default_verify_paths(error);
        if (error) return failure{error, "the system's authorities"};
    } else {
        context.load_verify_file(options_.ca_file, error);
        if (error) return failure{error, "tls.ca_file " + options_.ca_file};
    }
    if (!options_.cert_file.empty()) {
        context.use_certificate_chain_file(options_.cert_file, error);
        if (error) return failure{error, "tls.cert_file " + options_.cert_file};
        context.use_private_key_file(options_.key_file, ssl::context::pem, error);
        if (error) return failure{error, "tls.key_file " + options_.key_file};
    }
    // A session that is resumed shows no certificate: one that other authorities had vouched for
    // must not outlive them.
    sessions_.begin(context.native_handle());
    context_ = std::move(context);
    return {};
}

result<std::unique_ptr<tls_stream>> tls_context::make_stream(boost::asio::ip::tcp::socket& socket,
                                                             origin const& to) {
    if (to.host.empty()) return failure{make_error_code(errc::bad_url), "no host"};
    if (!context_) {
        files_.have_changed();
        if (auto const loaded = load(); !loaded) return loaded.error();
    }
    auto stream = std::make_unique<tls_stream>(socket, *context_);
    if (!expect_peer(stream->native_handle(), to.host)) return last_openssl_error("server name");
    sessions_.offer(stream->native_handle(), authority(to));
    return stream;
}

std::string certificate_complaint(tls_stream& stream) {
    auto const verdict = SSL_get_verify_result(stream.native_handle());
    return verdict == X509_V_OK ? "" : X509_verify_cert_error_string(verdict);
}

error_code check_peer(tls_stream& stream) {
    auto* const handle = stream.native_handle();
    if (SSL_get0_peer_certificate(handle) != nullptr && SSL_get_verify_result(handle) == X509_V_OK)
        return {};
    constexpr auto refused = ERR_PACK(ERR_LIB_SSL, 0, SSL_R_CERTIFICATE_VERIFY_FAILED);
    return {static_cast<int>(refused), boost::asio::error::get_ssl_category()};
}

}  // namespace conductor::http
