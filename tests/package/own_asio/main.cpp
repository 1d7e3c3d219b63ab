// Uses timers, sockets, TLS and Beast on a loop of its own, while a worker runs on the SDK's.
#include <conductor/conductor.hpp>
#include <conductor/testing/fake_server.hpp>

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <stop_token>
#include <string>
#include <thread>

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;

void check(bool holds, char const* what) {
    if (holds) return;
    std::cerr << "does not hold: " << what << '\n';
    std::exit(1);
}

// Callbacks, whose memory comes from Asio's allocation of handlers.
int fire_timers(asio::io_context& loop) {
    int fired = 0;
    asio::steady_timer timer{loop};
    auto const strand = asio::make_strand(loop);
    std::function<void()> again = [&] {
        timer.expires_after(std::chrono::milliseconds{1});
        timer.async_wait(asio::bind_executor(strand, [&](error_code error) {
            if (!error && ++fired < 3) again();
        }));
    };
    again();
    loop.run();
    loop.restart();
    return fired;
}

// A client's handshake with a server that speaks no TLS: its reads wait, and it ends in an error.
error_code shake_hands(asio::io_context& loop) {
    tcp::acceptor acceptor{loop, {asio::ip::address_v4::loopback(), 0}};
    tcp::socket accepted{loop};
    std::string const no_tls = "hello, this is no TLS\r\n";
    acceptor.async_accept(accepted, [&](error_code) {
        asio::async_write(accepted, asio::buffer(no_tls), [](error_code, std::size_t) {});
    });
    asio::ssl::context context{asio::ssl::context::tls_client};
    asio::ssl::stream<tcp::socket> stream{loop, context};
    error_code outcome;
    stream.next_layer().async_connect(acceptor.local_endpoint(), [&](error_code) {
        stream.async_handshake(asio::ssl::stream_base::client, [&](error_code e) { outcome = e; });
    });
    loop.run_for(std::chrono::seconds{20});
    check(loop.stopped(), "the handshake ends");
    loop.restart();
    return outcome;
}

// The status that a server answers.
unsigned get(asio::io_context& loop, std::uint16_t port, std::string const& target) {
    beast::tcp_stream stream{loop};
    beast::http::request<beast::http::empty_body> request{beast::http::verb::get, target, 11};
    request.set(beast::http::field::host, "127.0.0.1");
    beast::http::response<beast::http::string_body> response;
    beast::flat_buffer buffer;
    stream.connect(tcp::endpoint{asio::ip::address_v4::loopback(), port});
    beast::http::async_write(stream, request, [&](error_code, std::size_t) {
        beast::http::async_read(stream, buffer, response, [](error_code, std::size_t) {});
    });
    loop.run();
    loop.restart();
    return response.result_int();
}

conductor::awaitable<boost::json::object> wait_a_little() {
    asio::steady_timer timer{co_await asio::this_coro::executor, std::chrono::milliseconds{5}};
    co_await timer.async_wait(asio::use_awaitable);
    co_return boost::json::object{{"waited", true}};
}

int main() {
    conductor::test::fake_server server;
    conductor::runtime runtime{server.client()};
    runtime.add("wait", wait_a_little);
    runtime.add("thread", [] { return boost::json::object{{"waited", false}}; });
    std::jthread const running{[&](std::stop_token stop) { runtime.run(stop); }};

    asio::io_context loop;
    auto const waited = server.enqueue({.type = "wait"});
    auto const called = server.enqueue({.type = "thread"});
    check(fire_timers(loop) == 3, "timers fire");
    check(shake_hands(loop).failed(), "the handshake fails");
    auto const url = server.url();  // http://127.0.0.1:PORT/api
    auto const port = std::stoi(url.substr(url.rfind(':') + 1));
    check(get(loop, static_cast<std::uint16_t>(port), "/api/tasks/" + waited) == 200,
          "Beast reads an answer");
    check(server.wait_for_end(waited).output() == boost::json::object{{"waited", true}},
          "a coroutine waits on the SDK's loop");
    check(server.wait_for_end(called).status() == "COMPLETED", "a function is called");
    std::cout << "all hold\n";
}
