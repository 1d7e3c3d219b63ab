// What one request costs: each piece alone, then all of it over a loopback connection.
#include "api/rest_url.hpp"
#include "http/request_head.hpp"
#include "http/response_reader.hpp"
#include "http/target.hpp"
#include "sample_task.hpp"

#include <conductor/http/client.hpp>

#include <benchmark/benchmark.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <cstdio>
#include <exception>
#include <string>

namespace conductor::bench {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

rest_call const poll{.path = "/tasks/poll/batch/{taskType}",
                     .arguments = {"echo"},
                     .query = {{"workerid", "host-8f2a-1d3c-4b5e-9f60-718293a4b5c6"},
                               {"count", "16"},
                               {"timeout", "100"}}};
constexpr char const* update_url = "http://127.0.0.1:8080/api/tasks/update-v2";

// A task as the server answers update-v2 with it: in one chunk.
std::string chunked_answer(std::size_t input_bytes) {
    auto const body = sample_task(input_bytes);
    std::array<char, 16> size{};
    std::snprintf(size.data(), size.size(), "%zx\r\n", body.size());
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: "
           "chunked\r\n\r\n" +
           std::string(size.data()) + body + "\r\n0\r\n\r\n";
}

void build_a_url(benchmark::State& state) {
    std::string const base = "http://127.0.0.1:8080/api";
    for (auto _ : state) benchmark::DoNotOptimize(api::make_url(base, poll));
}
BENCHMARK(build_a_url);

void take_a_url_apart(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(http::parse_target(update_url));
}
BENCHMARK(take_a_url_apart);

void write_a_head(benchmark::State& state) {
    http::request const request{.method = "POST",
                                .url = update_url,
                                .headers = {{"Content-Type", "application/json"}},
                                .body = "{}"};
    auto const where = http::parse_target(request.url);
    std::string head;
    for (auto _ : state) {
        http::write_head(head, request, *where, {.user_agent = "conductor-cpp"});
        benchmark::DoNotOptimize(head);
    }
}
BENCHMARK(write_a_head);

void read_an_answer(benchmark::State& state) {
    auto const bytes = chunked_answer(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        http::response_reader reader({64 * 1024, 32 * 1024 * 1024},
                                     http::response_reader::body::as_announced);
        error_code error;
        std::string_view left = bytes;
        while (!reader.is_complete() && !error) left.remove_prefix(reader.put(left, error));
        benchmark::DoNotOptimize(reader.take());
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}
BENCHMARK(read_an_answer)->Arg(64)->Arg(100'000);

void throw_on(std::exception_ptr thrown) {
    if (thrown) std::rethrow_exception(thrown);
}

// Answers each request, which comes in one piece, with the same bytes.
asio::awaitable<void> serve(tcp::socket socket, std::string const& answer) {
    std::array<char, 16 * 1024> room;
    while (true) {
        co_await socket.async_read_some(asio::buffer(room), asio::use_awaitable);
        co_await asio::async_write(socket, asio::buffer(answer), asio::use_awaitable);
    }
}

asio::awaitable<void> accept(tcp::acceptor& listener, std::string const& answer) {
    while (true) {
        auto socket = co_await listener.async_accept(asio::use_awaitable);
        asio::co_spawn(listener.get_executor(), serve(std::move(socket), answer), throw_on);
    }
}

struct note_end {
    bool* ended;
    void operator()(std::exception_ptr, result<http::response> const& answer) const {
        *ended = answer.has_value();
    }
};

// The server's side is in the figure, and the same for every client.
void exchange_on_one_connection(benchmark::State& state) {
    asio::io_context loop{1};
    tcp::acceptor listener(loop, {asio::ip::address_v4::loopback(), 0});
    auto const answer = chunked_answer(64);
    asio::co_spawn(loop, accept(listener, answer), throw_on);
    http::client client(loop.get_executor());
    auto const url = "http://127.0.0.1:" + std::to_string(listener.local_endpoint().port()) +
                     "/api/tasks/update-v2";
    std::string const body(700, 'x');
    for (auto _ : state) {
        bool ended = false;
        asio::co_spawn(loop,
                       client.send({.method = "POST",
                                    .url = url,
                                    .headers = {{"Content-Type", "application/json"}},
                                    .body = body,
                                    .repeatable = false}),
                       note_end{&ended});
        while (!ended) loop.run_one();
    }
}
BENCHMARK(exchange_on_one_connection);

}  // namespace
}  // namespace conductor::bench

BENCHMARK_MAIN();
