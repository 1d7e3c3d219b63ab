// Tests of a worker: its handler alone, and the worker on a server in the test's process.
#include "check.hpp"

#include <conductor/conductor.hpp>
#include <conductor/testing/fake_server.hpp>
#include <conductor/testing/run_handler.hpp>

#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace testing_workers {

namespace test = conductor::test;
using conductor::task_result;

task_result divide(boost::json::object const& in, conductor::task_context& context) {
    auto const by = in.at("by").to_number<double>();
    if (by == 0) throw std::invalid_argument{"by zero"};
    context.log("attempt " + std::to_string(context.task().retry_count() + 1));
    return task_result::completed({{"result", in.at("of").to_number<double>() / by}});
}

void check_handler() {
    // snippet: handler
    auto const task = test::make_task("divide", {{"of", 6}, {"by", 4}}, {{"retryCount", 2}});
    std::vector<std::string> log;
    check(
        test::run_handler(divide, task, {.log = &log}) == task_result::completed({{"result", 1.5}}),
        "six by four");
    check(log == std::vector<std::string>{"attempt 3"}, "the log tells the attempt");

    auto const by_zero = test::make_task("divide", {{"of", 6}, {"by", 0}});
    check(test::run_handler(divide, by_zero) == task_result::failed("by zero"),
          "an exception fails the task");
    // end snippet
}

void check_worker() {
    // snippet: worker
    test::fake_server server;
    server.define_task({{"name", "divide"}, {"retryCount", 1}});
    conductor::runtime runtime{server.client()};
    runtime.add("divide", divide);
    std::jthread const running{[&](std::stop_token stop) { runtime.run(stop); }};

    auto const id = server.enqueue({.type = "divide", .input = {{"of", 6}, {"by", 0}}});
    check(server.wait_for_end(id).reason() == "by zero", "the server has the reason");
    auto const attempts = server.workflow_of(id);
    check(server.wait_for_end(std::string{attempts.back().id()}).retry_count() == 1,
          "it is tried once more");
    // end snippet
}

}  // namespace testing_workers

void check_testing() {
    testing_workers::check_handler();
    testing_workers::check_worker();
}
