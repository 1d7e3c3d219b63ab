#include "greet.hpp"

#include <conductor/testing/fake_server.hpp>
#include <conductor/testing/run_handler.hpp>

#include <cstdlib>
#include <iostream>
#include <thread>

namespace test = conductor::test;

void check(bool holds, char const* what) {
    if (holds) return;
    std::cerr << "does not hold: " << what << '\n';
    std::exit(1);
}

// The handler alone: no server, no socket.
void test_handler() {
    auto const twice = test::make_task("greet", {{"name", "Ada"}, {"times", 2}});
    auto const done = conductor::task_result::completed({{"text", "Hello Ada, Hello Ada"}});
    check(test::run_handler(greet, twice) == done, "Ada is greeted twice");

    auto const nameless = test::run_handler(greet, test::make_task("greet"));
    check(nameless.status() == conductor::task_status::failed_with_terminal_error,
          "a greeting without a name cannot be mended by trying again");
    check(nameless.reason().find("/name") != std::string::npos, "the reason names the member");
}

// The worker, against a server in this process.
void test_worker() {
    test::fake_server server;
    conductor::runtime runtime{server.client()};
    runtime.add("greet", greet);
    std::jthread const running{[&](std::stop_token stop) { runtime.run(stop); }};

    auto const id = server.enqueue({.type = "greet", .input = {{"name", "Ada"}, {"noisy", true}}});
    check(server.wait_for_end(id).status() == "FAILED", "the first attempt fails");
    auto const second = server.workflow_of(id).back();
    check(server.wait_for_end(std::string{second.id()}).status() == "COMPLETED",
          "the second one does not");
}

int main() {
    test_handler();
    test_worker();
    std::cout << "all hold\n";
}
