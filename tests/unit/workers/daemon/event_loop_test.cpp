#include <daemon/commands/event_loop.hpp>

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <stdexcept>

namespace conductor::test {
namespace {

awaitable<int> answer(boost::asio::any_io_executor executor) {
    co_await boost::asio::post(executor, boost::asio::use_awaitable);
    co_return 42;
}

awaitable<int> trouble() {
    throw std::runtime_error("no");
    co_return 0;
}

awaitable<int> wait_for_ever(std::shared_ptr<timer> timer) {
    co_await timer->wait_until(time_point::max());
    co_return 0;
}

void ignore(std::exception_ptr, int) {}

TEST(EventLoopTest, GivesTheCoroutinesValue) {
    daemon::event_loop loop;
    EXPECT_EQ(loop.run(answer(loop.get_executor())), 42);
}

TEST(EventLoopTest, ExceptionsComeOut) {
    daemon::event_loop loop;
    EXPECT_THROW(loop.run(trouble()), std::runtime_error);
}

TEST(EventLoopTest, WhatElseWaitsInTheLoopDoesNotHoldTheCommand) {
    daemon::event_loop loop;
    std::shared_ptr<timer> const idle =
        environment::system().clock->make_timer(loop.get_executor());
    boost::asio::co_spawn(loop.get_executor(), wait_for_ever(idle), ignore);
    EXPECT_EQ(loop.run(answer(loop.get_executor())), 42);
}

}  // namespace
}  // namespace conductor::test
