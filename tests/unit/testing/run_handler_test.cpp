#include <conductor/testing/run_handler.hpp>

#include "support/manual_clock.hpp"

#include <gtest/gtest.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/describe/class.hpp>

#include <memory>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <vector>

namespace conductor::test {

namespace {

namespace asio = boost::asio;
namespace json = boost::json;

struct person {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(person, (), (name))

json::object greet(person const& who) { return {{"text", "Hello " + who.name}}; }

awaitable<json::object> greet_later(person who) {
    asio::steady_timer soon{co_await asio::this_coro::executor, std::chrono::milliseconds{1}};
    co_await soon.async_wait(asio::use_awaitable);
    co_return greet(who);
}

awaitable<void> wait_long() {
    asio::steady_timer late{co_await asio::this_coro::executor, std::chrono::hours{1}};
    co_await late.async_wait(asio::use_awaitable);
}

awaitable<task_result> fail_later() {
    throw std::runtime_error{"no luck"};
    co_return task_result{};
}

task_result const hello_ada = task_result::completed({{"text", "Hello Ada"}});

}  // namespace

TEST(RunHandlerTest, GivesTheResultOfAFunction) {
    EXPECT_EQ(run_handler(greet, make_task("greet", {{"name", "Ada"}})), hello_ada);
}

TEST(RunHandlerTest, GivesTheResultOfAHandlerAndOfAWorker) {
    auto const ada = make_task("greet", {{"name", "Ada"}});
    worker const served{"greet", make_handler(greet)};
    EXPECT_EQ(run_handler(served.run, ada), hello_ada);
    EXPECT_EQ(run_handler(served, ada), hello_ada);
}

TEST(RunHandlerTest, LetsACoroutineWait) {
    EXPECT_EQ(run_handler(greet_later, make_task("greet", {{"name", "Ada"}})), hello_ada);
}

TEST(RunHandlerTest, FailsForGoodWithoutTheInputAsked) {
    auto const result = run_handler(greet, make_task("greet"));
    EXPECT_EQ(result.status(), task_status::failed_with_terminal_error);
    EXPECT_NE(result.reason().find("/name"), std::string::npos) << result.reason();
}

TEST(RunHandlerTest, FailsTheTaskWithWhatAHandlerThrows) {
    auto const thrower = [](task const&) -> task_result { throw std::runtime_error{"no luck"}; };
    EXPECT_EQ(run_handler(thrower, make_task("greet")), task_result::failed("no luck"));
    EXPECT_EQ(run_handler(fail_later, make_task("greet")), task_result::failed("no luck"));
}

TEST(RunHandlerTest, ThrowsWhenACoroutineDoesNotEnd) {
    run_options const soon{.time_max = std::chrono::milliseconds{1}};
    EXPECT_THROW(run_handler(wait_long, make_task("greet"), soon), std::runtime_error);
}

TEST(RunHandlerTest, HandsOverWhatTheHandlerLogs) {
    std::vector<std::string> log;
    auto const talker = [](task_context& context) { context.log("one"), context.log("two"); };
    run_handler(talker, make_task("talk"), {.log = &log});
    EXPECT_EQ(log, (std::vector<std::string>{"one", "two"}));
}

TEST(RunHandlerTest, GivesTheHandlerStopTokenAndClock) {
    std::stop_source stop;
    stop.request_stop();
    auto const clock = std::make_shared<manual_clock>();
    auto const judge = [&](task_context& context) {
        EXPECT_TRUE(context.stop_token().stop_requested());
        EXPECT_EQ(context.deadline(), clock->now() + std::chrono::seconds{9});
    };
    auto const task = make_task("judge", {}, {{"responseTimeoutSeconds", 9}});
    EXPECT_EQ(run_handler(judge, task, {.stop = stop.get_token(), .clock = clock}),
              task_result::completed());
}

TEST(MakeTaskTest, HoldsWhatAClaimedTaskHolds) {
    auto const made = make_task("greet", {{"name", "Ada"}}, {{"retryCount", 2}});
    EXPECT_EQ(made.type(), "greet");
    EXPECT_EQ(made.status(), "IN_PROGRESS");
    EXPECT_EQ(made.input(), (json::object{{"name", "Ada"}}));
    EXPECT_EQ(made.retry_count(), 2);
    EXPECT_EQ(made.poll_count(), 1);
}

}  // namespace conductor::test
