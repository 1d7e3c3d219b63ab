// A worker inside a service that has a main, signals and threads of its own: the runtime gets one
// of the service's threads and a stop token, and touches nothing else.
#include <boost/describe.hpp>
#include <conductor/conductor.hpp>

#include <csignal>
#include <iostream>
#include <string>
#include <thread>

struct order {
    std::string sku;
    int pieces = 1;  // may be absent
};
BOOST_DESCRIBE_STRUCT(order, (), (sku, pieces))

struct price {
    double total;
};
BOOST_DESCRIBE_STRUCT(price, (), (total))

// A coroutine runs on the runtime's thread; it may wait, but must not block.
conductor::awaitable<price> quote(order in, conductor::task_context& context) {
    context.log("quoting " + std::to_string(in.pieces) + " of " + in.sku);
    co_return price{in.pieces * 9.5};
}

// snippet: main
int main() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before any thread: sigwait() takes them

    conductor::runtime runtime{conductor::client_options::from_environment()};
    runtime.add("quote", quote, {.slots = 8});

    conductor::run_report report;
    std::jthread worker([&](std::stop_token stop) { report = runtime.run(stop); });

    int received = 0;
    sigwait(&signals, &received);  // the service's own life
    worker.request_stop();
    worker.join();
    std::cout << "abandoned handlers: " << report.abandoned_handlers << '\n';
    return report.clean() ? 0 : 1;
}
// end snippet
