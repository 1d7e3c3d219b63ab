// The benchmark's worker: completes each task with its own input.
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <conductor/conductor.hpp>

#ifdef BENCH_WITH_OUTBOX
#include <conductor/sqlite_outbox.hpp>
#endif

#include <chrono>
#include <cstdlib>
#include <sstream>
#include <string>
#include <utility>

namespace {

std::string variable(char const* name, char const* otherwise) {
    char const* const value = std::getenv(name);
    return value != nullptr ? value : otherwise;
}

#ifdef BENCH_WITH_OBJECT
using payload = boost::json::object;
#else
using payload = conductor::raw_json;
#endif

// The echo as a coroutine: waits for as long as the benchmark asks, and blocks nothing.
conductor::awaitable<payload> echo_after(payload input, std::chrono::milliseconds pause) {
    if (pause.count() > 0) {
        boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, pause);
        co_await timer.async_wait(boost::asio::use_awaitable);
    }
    co_return input;
}

conductor::runtime_options options_of_runtime() {
    conductor::runtime_options options;
#ifdef BENCH_WITH_OUTBOX
    options.outbox = std::make_shared<conductor::sqlite_outbox>(
        conductor::sqlite_outbox_options{.path = variable("BENCH_OUTBOX", "outbox.db")});
    options.outbox_mode = conductor::outbox_mode::always;
#endif
    return options;
}

}  // namespace

int main() {
    auto server = conductor::client_options::from_environment();
    server.server_url = variable("BENCH_SERVER", server.server_url.c_str());
    std::chrono::milliseconds const pause{std::stol(variable("BENCH_SLEEP_MS", "0"))};

    conductor::worker_options options;
    options.slots = std::stoul(variable("BENCH_CONCURRENCY", "16"));
    options.poll_timeout = std::chrono::milliseconds{100};

    conductor::runtime runtime(server, options_of_runtime());
    std::istringstream types(variable("BENCH_TASK_TYPES", "echo"));
    for (std::string type; std::getline(types, type, ',');) {
        runtime.add(
            type, [pause](payload input) { return echo_after(std::move(input), pause); }, options);
    }
    return runtime.run();
}
