#include <daemon/health/admin_listener.hpp>

#include <conductor/config_error.hpp>
#include <conductor/environment.hpp>
#include <conductor/error.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <exception>
#include <utility>

namespace conductor::daemon {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

namespace {

// How long accepting rests after a failure such as too many open files.
constexpr std::chrono::seconds accept_rest{1};

// An exception out of a coroutine is a defect of ours and ends the loop's run.
void rethrow(std::exception_ptr thrown) {
    if (thrown) std::rethrow_exception(std::move(thrown));
}

tcp::acceptor open_acceptor(asio::any_io_executor const& executor, listen_address const& address) {
    tcp::acceptor acceptor{executor};
    tcp::endpoint const endpoint{asio::ip::make_address(address.host), address.port};
    error_code error;
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address{true}, error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(tcp::acceptor::max_listen_connections, error);
    if (error) {
        throw config_error("admin.listen: cannot listen on " + address.text() + ": " +
                           error.message() + "; name a free address, or none");
    }
    return acceptor;
}

}  // namespace

struct admin_listener::server {
    server(asio::any_io_executor const& executor, listen_address const& address, handler answering,
           admin_limits bounds)
        : acceptor(open_acceptor(executor, address)),
          place_free(executor),
          answer(std::move(answering)),
          limits(bounds) {}

    tcp::acceptor acceptor;
    // Cancelled when a connection ends, to wake the one that accepts.
    asio::steady_timer place_free;
    handler answer;
    admin_limits limits;
    std::size_t connections = 0;
};

namespace {

/** @brief One connection with its time limit, which ends whatever it is doing. */
struct connection : std::enable_shared_from_this<connection> {
    explicit connection(tcp::socket accepted)
        : socket(std::move(accepted)), limit(socket.get_executor()) {}

    void start_limit(std::chrono::milliseconds time) {
        limit.expires_after(time);
        limit.async_wait([self = shared_from_this()](error_code error) {
            if (error) return;
            error_code ignored;
            self->socket.close(ignored);
        });
    }

    tcp::socket socket;
    asio::steady_timer limit;
};

// The head of the request; empty when the peer went away or was too slow.
awaitable<std::string> read_head(tcp::socket& socket) {
    std::string received;
    char block[1024];
    while (admin_head_end(received) == 0 && received.size() < admin_head_bytes_max) {
        error_code error;
        std::size_t const count = co_await socket.async_read_some(
            asio::buffer(block), asio::redirect_error(asio::use_awaitable, error));
        if (error) co_return std::string{};
        received.append(block, count);
    }
    co_return received;
}

admin_request parse(std::string_view received) {
    std::size_t const end = admin_head_end(received);
    return end == 0 || end > admin_head_bytes_max ? admin_request{431}
                                                  : parse_admin_request(received.substr(0, end));
}

// Bytes of the peer that nobody read would make closing a reset, which loses our answer.
awaitable<void> close_gently(tcp::socket& socket) {
    error_code error;
    socket.shutdown(tcp::socket::shutdown_send, error);
    char block[1024];
    while (!error) {
        co_await socket.async_read_some(asio::buffer(block),
                                        asio::redirect_error(asio::use_awaitable, error));
    }
}

awaitable<void> answer_one(tcp::socket& socket, admin_listener::handler const& answer) {
    std::string const received = co_await read_head(socket);
    if (received.empty()) co_return;
    admin_request const request = parse(received);
    std::string const bytes =
        to_bytes(request.refusal != 0 ? admin_answer{request.refusal} : answer(request),
                 request.head_only);
    error_code error;
    co_await asio::async_write(socket, asio::buffer(bytes),
                               asio::redirect_error(asio::use_awaitable, error));
    if (!error) co_await close_gently(socket);
}

template <class Server>
awaitable<void> serve(std::shared_ptr<Server> server, tcp::socket accepted) {
    auto const peer = std::make_shared<connection>(std::move(accepted));
    peer->start_limit(server->limits.time);
    co_await answer_one(peer->socket, server->answer);
    peer->limit.cancel();
    --server->connections;
    server->place_free.cancel();
}

awaitable<void> rest(asio::steady_timer& timer, std::chrono::seconds time) {
    error_code ignored;
    timer.expires_after(time);
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

template <class Server>
awaitable<void> accept_all(std::shared_ptr<Server> server) {
    while (server->acceptor.is_open()) {
        if (server->connections >= server->limits.connections) {
            co_await rest(server->place_free, accept_rest);
            continue;
        }
        error_code error;
        tcp::socket accepted = co_await server->acceptor.async_accept(
            asio::redirect_error(asio::use_awaitable, error));
        if (error == asio::error::operation_aborted) co_return;
        if (error) {
            co_await rest(server->place_free, accept_rest);
            continue;
        }
        ++server->connections;
        asio::co_spawn(server->acceptor.get_executor(), serve(server, std::move(accepted)),
                       rethrow);
    }
}

}  // namespace

admin_listener::admin_listener(asio::any_io_executor executor, listen_address address,
                               handler answer, admin_limits limits)
    : server_(std::make_shared<server>(executor, address, std::move(answer), limits)) {
    asio::co_spawn(executor, accept_all(server_), rethrow);
}

admin_listener::~admin_listener() { close(); }

listen_address admin_listener::address() const {
    auto const local = server_->acceptor.local_endpoint();
    return {local.address().to_string(), local.port()};
}

void admin_listener::close() {
    error_code ignored;
    server_->acceptor.close(ignored);
    server_->place_free.cancel();
}

}  // namespace conductor::daemon
