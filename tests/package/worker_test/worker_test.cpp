// A worker's handler without a server, and the worker on a fake one. No test framework is needed.
#include <boost/describe.hpp>
#include <conductor/conductor.hpp>
#include <conductor/testing/fake_server.hpp>
#include <conductor/testing/run_handler.hpp>

#include <cstdlib>
#include <iostream>
#include <stop_token>
#include <string>
#include <thread>

using conductor::task_result;
namespace test = conductor::test;

struct order {
    std::string sku;
    int pieces = 1;
};
BOOST_DESCRIBE_STRUCT(order, (), (sku, pieces))

task_result quote(order const& in) {
    if (in.pieces < 1) return task_result::failed_for_good("nothing is ordered");
    return task_result::completed({{"total", in.pieces * 2}});
}

void check(bool holds, char const* what) {
    if (holds) return;
    std::cerr << "does not hold: " << what << '\n';
    std::exit(1);
}

int main() {
    auto const two = test::make_task("quote", {{"sku", "bolt"}, {"pieces", 2}});
    check(test::run_handler(quote, two) == task_result::completed({{"total", 4}}), "two cost 4");
    auto const none = test::make_task("quote", {{"sku", "bolt"}, {"pieces", 0}});
    check(test::run_handler(quote, none) == task_result::failed_for_good("nothing is ordered"),
          "none cannot be ordered");

    test::fake_server server;
    conductor::runtime runtime{server.client()};
    runtime.add("quote", quote);
    std::jthread const running{[&](std::stop_token stop) { runtime.run(stop); }};
    auto const id = server.enqueue({.type = "quote", .input = {{"sku", "nut"}, {"pieces", 3}}});
    check(server.wait_for_end(id).output() == boost::json::object{{"total", 6}}, "three cost 6");
    std::cout << "all hold\n";
}
