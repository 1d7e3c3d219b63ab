// Whatever a handler calls has a limit: keep to it, and go on when it is reached.
#include "check.hpp"

#include <conductor/conductor.hpp>
#include <conductor/testing/fake_server.hpp>
#include <conductor/testing/run_handler.hpp>

#include <chrono>
#include <optional>
#include <thread>

namespace rate_limits {

namespace test = conductor::test;

// What a service answers: sent, or how long to wait.
struct answer {
    std::optional<std::chrono::seconds> wait;
};

// snippet: busy
// A service that is busy costs no retry: the task comes back when the service says.
auto send_with(std::function<answer()> send) {
    return [send = std::move(send)]() {
        auto const got = send();
        if (got.wait) return conductor::task_result::call_back_after(*got.wait);
        return conductor::task_result::completed();
    };
}
// end snippet

void check_busy() {
    bool busy = true;
    auto const handler = send_with(
        [&] { return answer{busy ? std::optional{std::chrono::seconds{60}} : std::nullopt}; });
    auto const task = test::make_task("send");
    check(test::run_handler(handler, task).delay() == std::chrono::seconds{60}, "it waits");
    busy = false;
    check(test::run_handler(handler, task) == conductor::task_result::completed(), "it sends");
}

// snippet: limits
// At most five tasks in this process; at most two of them send, and a sending worker that has
// failed three times in a row rests for a minute.
void serve(conductor::client_options server, std::stop_token stop) {
    conductor::runtime_options options;
    options.in_flight_max = 5;
    conductor::runtime runtime{std::move(server), std::move(options)};
    runtime.add("look_up", [](boost::json::object const& in) { return in; }, {.slots = 5});
    runtime.add("send", send_with([] { return answer{}; }),
                {.slots = 2, .brake_after = 3, .brake_rest = std::chrono::minutes{1}});
    runtime.run(stop);
}
// end snippet

void check_limits() {
    test::fake_server server;
    std::jthread const running{[&](std::stop_token stop) { serve(server.client(), stop); }};
    auto const id = server.enqueue({.type = "send"});
    check(server.wait_for_end(id).status() == "COMPLETED", "what is served within limits is done");
}

}  // namespace rate_limits

void check_rate_limits() {
    rate_limits::check_busy();
    rate_limits::check_limits();
}
