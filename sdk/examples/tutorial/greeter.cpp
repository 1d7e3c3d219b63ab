#include "greet.hpp"

#include <csignal>
#include <iostream>
#include <thread>

int main() {
    // Your program's own way to end: here it waits for a signal. Before any thread is made.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    conductor::runtime runtime{conductor::client_options::from_environment()};
    runtime.add("greet", greet, {.slots = 4});

    conductor::run_report report;
    std::jthread worker([&](std::stop_token stop) { report = runtime.run(stop); });

    int received = 0;
    sigwait(&signals, &received);
    worker.request_stop();  // no new task; what runs is finished and reported
    worker.join();
    std::cout << (report.clean() ? "nothing was left behind\n" : "something was left behind\n");
    return report.clean() ? 0 : 1;
}
