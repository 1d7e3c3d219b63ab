#include <conductor/worker.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/describe.hpp>

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace conductor {
namespace {

struct greeting {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(greeting, (), (name))

struct reply {
    std::string text;
};
BOOST_DESCRIBE_STRUCT(reply, (), (text))

task const ada({{"taskId", "t"}, {"inputData", {{"name", "Ada"}}}});
task const nobody({{"taskId", "t"}, {"inputData", boost::json::object{}}});

task_result run(handler made, task const& claimed = ada) {
    task_context context(claimed, {}, std::nullopt, environment::system().clock);
    if (auto* blocking = std::get_if<blocking_handler>(&made)) return (*blocking)(claimed, context);
    boost::asio::io_context loop;
    auto outcome = boost::asio::co_spawn(loop, std::get<coroutine_handler>(made)(claimed, context),
                                         boost::asio::use_future);
    loop.run();
    return outcome.get();
}

task_result const hello = task_result::completed({{"text", "Hello Ada"}});

awaitable<reply> greet_later(greeting in) { co_return reply{"Hello " + in.name}; }
awaitable<void> nothing_later() { co_return; }
awaitable<task_result> same_later(boost::json::object const& in, task_context& context) {
    context.log("seen");
    co_return task_result::completed(in);
}
awaitable<result<reply>> fail_later() { co_return failure{errc::timed_out, "GET x"}; }
reply greet(greeting in) { return {"Hello " + in.name}; }

TEST(MakeHandlerTest, TakesFunctionsOfEveryForm) {
    EXPECT_EQ(run(make_handler(greet)), hello);
    EXPECT_EQ(run(make_handler([](greeting const& in) { return reply{"Hello " + in.name}; })),
              hello);
    EXPECT_EQ(run(make_handler([](greeting in, task_context& context) {
                  context.log(in.name);
                  return boost::json::object{{"text", "Hello " + in.name}};
              })),
              hello);
    EXPECT_EQ(run(make_handler([](boost::json::object const& in) { return in; })),
              task_result::completed({{"name", "Ada"}}));
    EXPECT_EQ(run(make_handler([](task const& in) {
                  return boost::json::object{{"id", in.id()}};
              })),
              task_result::completed({{"id", "t"}}));
    EXPECT_EQ(run(make_handler([](task_context& context) { context.log("x"); })),
              task_result::completed());
    EXPECT_EQ(run(make_handler([] {})), task_result::completed());
    EXPECT_EQ(run(make_handler([] { return task_result::failed("no"); })),
              task_result::failed("no"));
}

TEST(MakeHandlerTest, TakesCoroutinesOfEveryForm) {
    EXPECT_EQ(run(make_handler(greet_later)), hello);
    EXPECT_EQ(run(make_handler(nothing_later)), task_result::completed());
    EXPECT_EQ(run(make_handler(same_later)), task_result::completed({{"name", "Ada"}}));
    EXPECT_EQ(run(make_handler(fail_later)), task_result::failed("time limit exceeded: GET x"));
    EXPECT_TRUE(std::holds_alternative<coroutine_handler>(make_handler(greet_later)));
    EXPECT_TRUE(std::holds_alternative<blocking_handler>(make_handler(greet)));
}

TEST(MakeHandlerTest, AFailureBecomesFailed) {
    EXPECT_EQ(run(make_handler([]() -> result<reply> { return failure{errc::timed_out}; })),
              task_result::failed("time limit exceeded"));
    EXPECT_EQ(run(make_handler([]() -> result<void> { return boost::system::in_place_value; })),
              task_result::completed());
}

TEST(MakeHandlerTest, BadInputEndsTheTaskForGoodAndNamesTheMember) {
    auto const expected = task_result::failed_for_good("input /name: is missing");
    EXPECT_EQ(run(make_handler(greet), nobody), expected);
    EXPECT_EQ(run(make_handler(greet_later), nobody), expected);
}

}  // namespace
}  // namespace conductor
