#include "scripted_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace conductor::test {
namespace {

void require_call(bool condition, char const* what) {
    if (!condition) throw std::system_error(errno, std::generic_category(), what);
}

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int open_socket(int flags = 0) {
    int const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | flags, 0);
    require_call(socket >= 0, "socket");
    return socket;
}

std::uint16_t bind_to_free_port(int socket) {
    auto address = loopback(0);
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    require_call(::bind(socket, generic, sizeof address) == 0, "bind");
    socklen_t size = sizeof address;
    require_call(::getsockname(socket, generic, &size) == 0, "getsockname");
    return ntohs(address.sin_port);
}

std::size_t announced_length(std::string_view head) {
    constexpr std::string_view name = "Content-Length: ";
    auto const place = head.find(name);
    if (place == std::string_view::npos) return 0;
    std::size_t length = 0;
    auto const digits = head.substr(place + name.size());
    std::from_chars(digits.data(), digits.data() + digits.size(), length);
    return length;
}

std::shared_ptr<SSL_CTX> make_context(identity const& own) {
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    bool const loaded =
        SSL_CTX_use_certificate_chain_file(context.get(), own.cert_file.c_str()) == 1 &&
        SSL_CTX_use_PrivateKey_file(context.get(), own.key_file.c_str(), SSL_FILETYPE_PEM) == 1;
    if (!loaded) throw std::runtime_error("certificate");
    // Asks for the client's certificate and takes any: the test looks at it.
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, [](int, X509_STORE_CTX*) { return 1; });
    // Without it a server that asks for certificates refuses to resume.
    SSL_CTX_set_session_id_context(context.get(), reinterpret_cast<unsigned char const*>("test"),
                                   4);
    return context;
}

}  // namespace

peer::peer(int socket, std::size_t number, ssl_ctx_st* context)
    : socket_(socket), number_(number), context_(context) {}

peer::~peer() {
    SSL_free(tls_);
    ::close(socket_);
}

bool peer::start_tls() {
    tls_ = SSL_new(context_);
    SSL_set_fd(tls_, socket_);
    if (is_outdated_) {
        SSL_set_security_level(tls_, 0);
        SSL_set_min_proto_version(tls_, TLS1_1_VERSION);
        SSL_set_max_proto_version(tls_, TLS1_1_VERSION);
    }
    return SSL_accept(tls_) == 1;
}

bool peer::has_resumed() const { return SSL_session_reused(tls_) == 1; }

std::string peer::server_name() const {
    auto const* name = SSL_get_servername(tls_, TLSEXT_NAMETYPE_host_name);
    return name != nullptr ? name : "";
}

std::string peer::client_subject() const {
    std::unique_ptr<X509, decltype(&X509_free)> const certificate(SSL_get1_peer_certificate(tls_),
                                                                  X509_free);
    if (!certificate) return "";
    std::array<char, 256> text{};
    X509_NAME_oneline(X509_get_subject_name(certificate.get()), text.data(), text.size());
    return text.data();
}

int peer::receive(char* room, int size) {
    if (tls_ != nullptr) return SSL_read(tls_, room, size);
    return static_cast<int>(::recv(socket_, room, static_cast<std::size_t>(size), 0));
}

bool peer::fill() {
    std::array<char, 64 * 1024> room;
    int const got = receive(room.data(), room.size());
    if (got > 0) pending_.append(room.data(), static_cast<std::size_t>(got));
    return got > 0;
}

std::string peer::read_head() {
    constexpr std::string_view end_of_head = "\r\n\r\n";
    auto end = std::string::npos;
    while ((end = pending_.find(end_of_head)) == std::string::npos)
        if (!fill()) return "";
    auto head = pending_.substr(0, end + end_of_head.size());
    pending_.erase(0, head.size());
    return head;
}

std::string peer::read_request() {
    auto request = read_head();
    auto const body_size = announced_length(request);
    while (pending_.size() < body_size)
        if (!fill()) return "";
    request.append(pending_, 0, body_size);
    pending_.erase(0, body_size);
    return request;
}

std::size_t peer::read_body(std::size_t size) {
    auto received = std::exchange(pending_, {}).size();
    while (received < size && fill()) received += std::exchange(pending_, {}).size();
    return received;
}

bool peer::write(std::string_view bytes) {
    while (!bytes.empty()) {
        auto const sent = tls_ != nullptr
                              ? SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()))
                              : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void peer::wait_for_close() {
    std::array<char, 4096> room;
    while (receive(room.data(), room.size()) > 0) {
    }
}

void peer::reset() {
    linger const at_once{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

void peer::shut_down() { ::shutdown(socket_, SHUT_RDWR); }

scripted_server::scripted_server(script conversation, identity const* tls)
    : conversation_(std::move(conversation)),
      context_(tls != nullptr ? make_context(*tls) : nullptr),
      listener_(open_socket()),
      port_(bind_to_free_port(listener_)) {
    require_call(::listen(listener_, SOMAXCONN) == 0, "listen");
    acceptor_ = std::thread([this] { accept_all(); });
}

scripted_server::~scripted_server() {
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    {
        std::lock_guard const lock(mutex_);
        for (auto const& weak : peers_)
            if (auto const client = weak.lock()) client->shut_down();
    }
    for (auto& thread : threads_) thread.join();
    ::close(listener_);
}

void scripted_server::accept_all() {
    for (std::size_t number = 0;; ++number) {
        int const socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) return;
        auto client = std::make_shared<peer>(socket, number, context_.get());
        std::lock_guard const lock(mutex_);
        peers_.push_back(client);
        threads_.emplace_back(&scripted_server::serve, this, std::move(client));
    }
}

void scripted_server::serve(std::shared_ptr<peer> client) {
    // OpenSSL writes to sockets that may be closed. Only this thread looks away: the client's side
    // must never raise the signal.
    sigset_t broken_pipe;
    ::sigemptyset(&broken_pipe);
    ::sigaddset(&broken_pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
    conversation_(*client);
}

std::string scripted_server::url(std::string_view path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
}

std::string scripted_server::secure_url(std::string_view host, std::string_view path) const {
    return "https://" + std::string(host) + ":" + std::to_string(port_) + std::string(path);
}

std::size_t scripted_server::connections() const {
    std::lock_guard const lock(mutex_);
    return peers_.size();
}

std::string ok(std::string_view body, std::string_view header_lines) {
    return "HTTP/1.1 200 OK\r\n" + std::string(header_lines) +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

unresponsive_port::unresponsive_port() {
    int const listener = open_socket();
    sockets_.push_back(listener);
    port_ = bind_to_free_port(listener);
    require_call(::listen(listener, 0) == 0, "listen");
    // The queue of connections not yet accepted is full after the first; the rest wait for ever.
    auto const address = loopback(port_);
    for (int i = 0; i < 4; ++i) {
        int const filler = open_socket(SOCK_NONBLOCK);
        sockets_.push_back(filler);
        ::connect(filler, reinterpret_cast<sockaddr const*>(&address), sizeof address);
    }
}

void echo_request_lines(peer& client) {
    for (auto request = client.read_request(); !request.empty(); request = client.read_request())
        client.write(ok(request.substr(0, request.find("\r\n"))));
}

unresponsive_port::~unresponsive_port() {
    for (int const socket : sockets_) ::close(socket);
}

std::uint16_t closed_port() {
    int const socket = open_socket();
    auto const port = bind_to_free_port(socket);
    ::close(socket);
    return port;
}

}  // namespace conductor::test
