#include "fake_http_server.hpp"

#include "request_record.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <exception>
#include <set>
#include <thread>
#include <utility>

namespace conductor::test {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using asio::ip::tcp;

namespace {

constexpr auto as_awaitable_tuple = asio::as_tuple(asio::use_awaitable);

// A handler that throws is a broken test: it must end the program, not hang the client.
void end_program_on_exception(std::exception_ptr error) {
    if (error) std::rethrow_exception(error);
}

struct connection {
    explicit connection(tcp::socket accepted) : socket(std::move(accepted)) {}

    tcp::socket socket;
    boost::beast::flat_buffer buffer;
    std::size_t number = 0;
    std::size_t served = 0;
    bool idle = true;

    void close() {
        boost::system::error_code ignored;
        socket.close(ignored);
    }

    // Makes the close below a reset, and discards what was not sent.
    void reset() {
        boost::system::error_code ignored;
        socket.set_option(asio::socket_base::linger{true, 0}, ignored);
        close();
    }
};

awaitable<std::optional<http_request>> read_request(connection& from) {
    beast_http::request_parser<beast_http::string_body> parser;
    parser.body_limit(boost::none);
    auto const [error, size] =
        co_await beast_http::async_read(from.socket, from.buffer, parser, as_awaitable_tuple);
    if (error) co_return std::nullopt;
    auto message = parser.release();
    http_request request;
    request.method = message.method_string();
    request.target = message.target();
    for (auto const& field : message)
        request.headers.add(std::string{field.name_string()}, std::string{field.value()});
    request.body = std::move(message.body());
    request.connection = from.number;
    co_return request;
}

awaitable<http_answer> call_handler(fake_http_server::handler const& handler,
                                    http_request request) {
    co_return handler(request);
}

}  // namespace

class fake_http_server::implementation {
public:
    implementation(coroutine_handler answer, fake_http_server_options options)
        : handler_(std::move(answer)), options_(options) {
        bind({asio::ip::address_v4::loopback(), 0});
        port_ = acceptor_.local_endpoint().port();
        if (options_.up) listen();
        thread_ = std::thread{[this] { context_.run(); }};
    }

    ~implementation() {
        context_.stop();
        thread_.join();
    }

    template <class Function>
    void on_thread(Function function) {
        asio::dispatch(context_, asio::use_future(std::move(function))).get();
    }

    void close_connections(bool only_idle) {
        for (auto* const each : open_)
            if (each->idle || !only_idle) each->close();
    }

    // A bound socket that does not listen keeps the port and refuses connections.
    void bind(tcp::endpoint endpoint) {
        acceptor_.open(endpoint.protocol());
        acceptor_.set_option(asio::socket_base::reuse_address{true});
        acceptor_.bind(endpoint);
    }

    void unlisten() {
        acceptor_.close();
        close_connections(false);
        bind({asio::ip::address_v4::loopback(), port_});
    }

    void listen() {
        acceptor_.listen();
        asio::co_spawn(context_, accept(), end_program_on_exception);
    }

    asio::any_io_executor executor() { return context_.get_executor(); }
    std::uint16_t port() const { return port_; }

    request_record record;

private:
    awaitable<void> accept() {
        for (;;) {
            auto [error, socket] = co_await acceptor_.async_accept(as_awaitable_tuple);
            if (error) co_return;
            auto accepted = std::make_unique<connection>(std::move(socket));
            accepted->socket.set_option(tcp::no_delay{true});
            accepted->number = record.add_connection();
            asio::co_spawn(context_, serve(std::move(accepted)), end_program_on_exception);
        }
    }

    awaitable<void> serve(std::unique_ptr<connection> served) {
        open_.insert(served.get());
        // Not as `while (co_await ...)`: gcc 12 then corrupts the coroutine's frame.
        for (bool good = true; good;) good = co_await serve_one(*served);
        open_.erase(served.get());
    }

    // Whether the connection is good for another request.
    awaitable<bool> serve_one(connection& on) {
        on.idle = true;
        auto const [error] =
            co_await on.socket.async_wait(tcp::socket::wait_read, as_awaitable_tuple);
        on.idle = false;
        if (error || record.take_refusal()) co_return false;
        auto request = co_await read_request(on);
        if (!request) co_return false;
        record.add(*request);
        auto answer = co_await answer_to(*std::move(request));
        if (answer.hold) co_await answer.hold->pass();
        co_return co_await deliver(on, std::move(answer));
    }

    awaitable<http_answer> answer_to(http_request request) {
        auto const scripted = record.take_scripted(request.path());
        if (scripted && !scripted->is_carried_out) co_return scripted->answer;
        auto answer = co_await handler_(std::move(request));
        co_return scripted ? scripted->answer : answer;
    }

    awaitable<bool> deliver(connection& to, http_answer answer) {
        bool const last = ++to.served == options_.requests_per_connection;
        answer.close |= last && options_.announce_close;
        auto bytes = to_bytes(answer);
        switch (answer.delivery) {
            case delivery::whole: break;
            case delivery::nothing: co_return false;
            case delivery::part: bytes.resize(half_of(bytes)); break;
            case delivery::reset: to.reset(); co_return false;
        }
        auto const [error, size] =
            co_await asio::async_write(to.socket, asio::buffer(bytes), as_awaitable_tuple);
        co_return !error && !answer.close && !last && answer.delivery == delivery::whole;
    }

    asio::io_context context_{1};
    asio::executor_work_guard<asio::io_context::executor_type> work_{context_.get_executor()};
    tcp::acceptor acceptor_{context_};
    coroutine_handler handler_;
    fake_http_server_options options_;
    std::uint16_t port_ = 0;
    std::set<connection*> open_;
    std::thread thread_;
};

fake_http_server::fake_http_server(handler answer, fake_http_server_options options)
    : fake_http_server(coroutine_handler{[answer = std::move(answer)](http_request request) {
                           return call_handler(answer, std::move(request));
                       }},
                       options) {}

fake_http_server::fake_http_server(coroutine_handler answer, fake_http_server_options options)
    : implementation_(std::make_unique<implementation>(std::move(answer), options)) {}

fake_http_server::~fake_http_server() = default;

std::string fake_http_server::url(std::string_view target) const {
    return "http://127.0.0.1:" + std::to_string(port()) + std::string{target};
}

std::uint16_t fake_http_server::port() const { return implementation_->port(); }

void fake_http_server::answer_next(http_answer answer, std::string path) {
    implementation_->record.script({std::move(path), std::move(answer)});
}

void fake_http_server::replace_next_answer(http_answer answer, std::string path) {
    implementation_->record.script({std::move(path), std::move(answer), true});
}

void fake_http_server::lose_next_answer(std::string path) {
    replace_next_answer({.delivery = delivery::nothing}, std::move(path));
}

void fake_http_server::close_before_reading(std::size_t requests) {
    implementation_->record.script_refusals(requests);
}

std::shared_ptr<gate> fake_http_server::make_gate() {
    return std::make_shared<gate>(get_executor());
}

void fake_http_server::close_idle_connections() {
    implementation_->on_thread([this] { implementation_->close_connections(true); });
}

void fake_http_server::go_down() {
    implementation_->on_thread([this] { implementation_->unlisten(); });
}

void fake_http_server::go_up() {
    implementation_->on_thread([this] { implementation_->listen(); });
}

std::vector<http_request> fake_http_server::requests() const {
    return implementation_->record.requests();
}

bool fake_http_server::wait_for_requests(std::size_t count) const {
    return implementation_->record.wait_for(count);
}

std::size_t fake_http_server::connections() const { return implementation_->record.connections(); }

asio::any_io_executor fake_http_server::get_executor() const { return implementation_->executor(); }

}  // namespace conductor::test
