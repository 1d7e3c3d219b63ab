#include <daemon/health/admin_listener.hpp>

#include <conductor/config_error.hpp>
#include <conductor/environment.hpp>
#include <conductor/error.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
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
// What one connection may take in all, and how many there may be; a further one waits.
constexpr std::chrono::seconds connection_time_max{5};
constexpr std::size_t connections_max = 16;

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
    server(asio::any_io_executor const& executor, listen_address const& address,
           std::shared_ptr<clock> time, handler answering)
        : acceptor(open_acceptor(executor, address)),
          clock(std::move(time)),
          place_free(clock->make_timer(executor)),
          answer(std::move(answering)) {}

    tcp::acceptor acceptor;
    std::shared_ptr<conductor::clock> clock;
    // Woken when a connection ends, for the coroutine that accepts.
    std::unique_ptr<timer> place_free;
    handler answer;
    std::size_t connections = 0;
};

namespace {

/** @brief One connection, and the timer that limits it. */
struct connection {
    connection(tcp::socket accepted, clock& time)
        : socket(std::move(accepted)), limit(time.make_timer(socket.get_executor())) {}

    tcp::socket socket;
    std::unique_ptr<timer> limit;
    bool done = false;
};

// Ends whatever the connection is doing when its time is over.
awaitable<void> end_at(std::shared_ptr<connection> peer, time_point until) {
    if (!peer->done) co_await peer->limit->wait_until(until);
    error_code ignored;
    peer->socket.close(ignored);
}

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
    std::string const bytes = to_bytes(
        request.refusal != 0 ? admin_answer{request.refusal} : answer(request), request.head_only);
    error_code error;
    co_await asio::async_write(socket, asio::buffer(bytes),
                               asio::redirect_error(asio::use_awaitable, error));
    if (!error) co_await close_gently(socket);
}

template <class Server>
awaitable<void> serve(std::shared_ptr<Server> server, std::shared_ptr<connection> peer) {
    co_await answer_one(peer->socket, server->answer);
    peer->done = true;
    peer->limit->wake();
    --server->connections;
    server->place_free->wake();
}

template <class Server>
void start_serving(std::shared_ptr<Server> const& server, tcp::socket accepted) {
    auto const executor = server->acceptor.get_executor();
    auto const peer = std::make_shared<connection>(std::move(accepted), *server->clock);
    ++server->connections;
    asio::co_spawn(executor, end_at(peer, server->clock->now() + connection_time_max), rethrow);
    asio::co_spawn(executor, serve(server, peer), rethrow);
}

template <class Server>
awaitable<void> accept_all(std::shared_ptr<Server> server) {
    while (server->acceptor.is_open()) {
        if (server->connections >= connections_max) {
            co_await server->place_free->wait_until(time_point::max());
            continue;
        }
        error_code error;
        tcp::socket accepted = co_await server->acceptor.async_accept(
            asio::redirect_error(asio::use_awaitable, error));
        if (error == asio::error::operation_aborted) co_return;
        if (error)
            co_await server->place_free->wait_until(server->clock->now() + accept_rest);
        else
            start_serving(server, std::move(accepted));
    }
}

}  // namespace

admin_listener::admin_listener(asio::any_io_executor executor, listen_address address,
                               std::shared_ptr<clock> clock, handler answer)
    : server_(std::make_shared<server>(executor, address, std::move(clock), std::move(answer))) {
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
    server_->place_free->wake();
}

}  // namespace conductor::daemon
