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
#include <optional>
#include <utility>

namespace conductor::daemon {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

namespace {

// How long accepting rests after a failure such as too many open files.
constexpr std::chrono::seconds accept_rest{1};
// What one connection may take in all, or one piece of an answer that goes on.
constexpr std::chrono::seconds connection_time_max{5};

// An exception out of a coroutine is a defect of ours and ends the loop's run.
void rethrow(std::exception_ptr thrown) {
    if (thrown) std::rethrow_exception(std::move(thrown));
}

tcp::acceptor open_acceptor(asio::any_io_executor const& executor,
                            admin_listener_options const& options) {
    tcp::acceptor acceptor{executor};
    listen_address const& address = options.address;
    tcp::endpoint const endpoint{asio::ip::make_address(address.host), address.port};
    error_code error;
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address{true}, error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(tcp::acceptor::max_listen_connections, error);
    if (error) {
        throw config_error(std::string{options.key} + ": cannot listen on " + address.text() +
                           ": " + error.message() + "; name a free address, or none");
    }
    return acceptor;
}

}  // namespace

struct admin_listener::server {
    server(asio::any_io_executor const& executor, admin_listener_options wanted,
           std::shared_ptr<clock> time, handler answering)
        : options(std::move(wanted)),
          acceptor(open_acceptor(executor, options)),
          clock(std::move(time)),
          place_free(clock->make_timer(executor)),
          answer(std::move(answering)) {}

    admin_listener_options options;
    tcp::acceptor acceptor;
    std::shared_ptr<conductor::clock> clock;
    // Woken when a connection ends, for the coroutine that accepts.
    std::unique_ptr<timer> place_free;
    handler answer;
    std::size_t connections = 0;
    std::size_t streams = 0;
};

namespace {

/** @brief One connection, and the timer that limits it. */
struct connection {
    connection(tcp::socket accepted, clock& time)
        : socket(std::move(accepted)),
          limit(time.make_timer(socket.get_executor())),
          pause(time.make_timer(socket.get_executor())),
          until(time.now() + connection_time_max) {}

    tcp::socket socket;
    std::unique_ptr<timer> limit;
    // Between the pieces of an answer that goes on.
    std::unique_ptr<timer> pause;
    // By when it must end; an answer that goes on moves it.
    time_point until;
    bool done = false;
};

// Ends whatever the connection is doing when its time is over.
awaitable<void> end_in_time(std::shared_ptr<connection> peer, std::shared_ptr<clock> time) {
    while (!peer->done && time->now() < peer->until) co_await peer->limit->wait_until(peer->until);
    error_code ignored;
    peer->socket.close(ignored);
}

// Reads until `received` holds so many bytes; false when the peer went away or was too slow.
awaitable<bool> read_up_to(tcp::socket& socket, std::string& received, std::size_t bytes) {
    while (received.size() < bytes) {
        char block[1024];
        error_code error;
        std::size_t const count = co_await socket.async_read_some(
            asio::buffer(block), asio::redirect_error(asio::use_awaitable, error));
        if (error) co_return false;
        received.append(block, count);
    }
    co_return true;
}

// The head of the request, and what came with it; empty when the peer went away or was too slow.
awaitable<std::string> read_head(tcp::socket& socket) {
    std::string received;
    while (admin_head_end(received) == 0 && received.size() < admin_head_bytes_max) {
        bool const more = co_await read_up_to(socket, received, received.size() + 1);
        if (!more) co_return std::string{};
    }
    co_return received;
}

admin_request parse(std::string_view received, admin_listener_options const& options) {
    std::size_t const end = admin_head_end(received);
    return end == 0 || end > admin_head_bytes_max
               ? admin_request{431}
               : parse_admin_request(received.substr(0, end), options.body_bytes_max);
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

// None when the peer went away or was too slow.
awaitable<std::optional<admin_request>> read_request(tcp::socket& socket,
                                                     admin_listener_options const& options) {
    std::string received = co_await read_head(socket);
    if (received.empty()) co_return std::nullopt;
    admin_request request = parse(received, options);
    if (request.refusal != 0 || request.body_bytes == 0) co_return request;
    std::size_t const head = admin_head_end(received);
    bool const whole = co_await read_up_to(socket, received, head + request.body_bytes);
    if (!whole) co_return std::nullopt;
    request.body = received.substr(head, request.body_bytes);
    co_return request;
}

awaitable<bool> write_all(tcp::socket& socket, std::string bytes) {
    error_code error;
    co_await asio::async_write(socket, asio::buffer(bytes),
                               asio::redirect_error(asio::use_awaitable, error));
    co_return !error;
}

// Pieces in their interval, until there are no more, or the peer goes away or does not take them in
// time.
template <class Server>
awaitable<void> write_pieces(std::shared_ptr<Server> server, std::shared_ptr<connection> peer,
                             admin_answer answer) {
    while (server->acceptor.is_open() && !peer->done) {
        auto piece = answer.pieces();
        if (!piece) co_return;
        auto const next = server->clock->now() + server->options.piece_interval;
        peer->until = next + connection_time_max;
        bool const taken = co_await write_all(peer->socket, *std::move(piece));
        if (!taken) co_return;
        if (!peer->done) co_await peer->pause->wait_until(next);
    }
}

// Reads whatever the peer still says, to notice that it goes away.
awaitable<void> notice_end(std::shared_ptr<connection> peer) {
    char block[256];
    error_code error;
    while (!error) {
        co_await peer->socket.async_read_some(asio::buffer(block),
                                              asio::redirect_error(asio::use_awaitable, error));
    }
    peer->done = true;
    peer->pause->wake();
}

admin_answer answer_to(admin_request const& request, admin_listener::handler const& answer) {
    return request.refusal != 0 ? admin_answer{request.refusal} : answer(request);
}

template <class Server>
awaitable<void> stream_one(std::shared_ptr<Server> server, std::shared_ptr<connection> peer,
                           admin_answer answer) {
    ++server->streams;
    asio::co_spawn(peer->socket.get_executor(), notice_end(peer), rethrow);
    std::string head = to_bytes(answer, false);
    bool const taken = co_await write_all(peer->socket, std::move(head));
    if (taken) co_await write_pieces(server, peer, std::move(answer));
    --server->streams;
}

template <class Server>
awaitable<void> answer_one(std::shared_ptr<Server> server, std::shared_ptr<connection> peer) {
    auto const request = co_await read_request(peer->socket, server->options);
    if (!request) co_return;
    admin_answer answer = answer_to(*request, server->answer);
    bool const goes_on = answer.pieces && !request->head_only;
    if (goes_on && server->streams < server->options.streams_max) {
        co_await stream_one(server, peer, std::move(answer));
        co_return;
    }
    if (goes_on) answer = admin_answer{.status = 503, .headers = {{"Retry-After", "10"}}};
    std::string bytes = to_bytes(answer, request->head_only);
    bool const taken = co_await write_all(peer->socket, std::move(bytes));
    if (taken) co_await close_gently(peer->socket);
}

template <class Server>
awaitable<void> serve(std::shared_ptr<Server> server, std::shared_ptr<connection> peer) {
    co_await answer_one(server, peer);
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
    asio::co_spawn(executor, end_in_time(peer, server->clock), rethrow);
    asio::co_spawn(executor, serve(server, peer), rethrow);
}

template <class Server>
awaitable<void> accept_all(std::shared_ptr<Server> server) {
    while (server->acceptor.is_open()) {
        if (server->connections >= server->options.connections_max) {
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

admin_listener::admin_listener(asio::any_io_executor executor, admin_listener_options options,
                               std::shared_ptr<clock> clock, handler answer)
    : server_(std::make_shared<server>(executor, std::move(options), std::move(clock),
                                       std::move(answer))) {
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
