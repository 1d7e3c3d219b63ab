#include "finish_event.hpp"

#include <support/run_coroutine.hpp>

#include <gtest/gtest.h>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>

#include <optional>
#include <thread>
#include <vector>

namespace conductor::storage {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// Spawned, so they take what outlives them.
awaitable<void> wait_for(finish_event event, std::optional<error_code>* ended) {
    auto const [how] = co_await event.wait();
    *ended = how;
}

awaitable<void> note_thread(finish_event event, std::thread::id* where) {
    co_await event.wait();
    *where = std::this_thread::get_id();
}

struct FinishEventTest : testing::Test {
    asio::io_context loop;
    std::optional<error_code> ended;
    std::exception_ptr thrown;

    auto note() {
        return [this](std::exception_ptr error) { thrown = std::move(error); };
    }
};

TEST_F(FinishEventTest, ToldFromAnotherThreadTheLoopGoesOn) {
    finish_event event;
    std::thread::id where;
    asio::co_spawn(loop, note_thread(event, &where), note());
    loop.poll();
    EXPECT_EQ(where, std::thread::id{});

    std::thread{[event]() mutable { event.tell(); }}.join();
    loop.restart();
    loop.run_for(test::time_limit);

    EXPECT_EQ(where, std::this_thread::get_id());
}

TEST_F(FinishEventTest, ToldBeforeTheWaitIsToldAsWell) {
    finish_event event;
    event.tell();

    test::run_coroutine(loop, wait_for(event, &ended));

    EXPECT_EQ(ended, error_code{});
}

TEST_F(FinishEventTest, TheLoopDoesNotEndWhileACoroutineWaits) {
    finish_event event;
    asio::co_spawn(loop, wait_for(event, &ended), note());
    std::thread later{[event]() mutable { event.tell(); }};

    loop.run_for(test::time_limit);
    later.join();

    EXPECT_EQ(ended, error_code{});
}

TEST_F(FinishEventTest, ALoopMayEndBeforeItIsTold) {
    finish_event event;
    auto const alive = std::make_shared<int>(1);
    {
        asio::io_context short_lived;
        auto const hold = [alive](std::exception_ptr) {};
        asio::co_spawn(short_lived, wait_for(event, &ended), hold);
        short_lived.poll();
        EXPECT_EQ(alive.use_count(), 3);  // here, in `hold`, and with the coroutine
    }

    EXPECT_EQ(alive.use_count(), 1);  // the coroutine went with its loop
    event.tell();
    EXPECT_EQ(ended, std::nullopt);
}

TEST_F(FinishEventTest, ALoopMayEndBetweenTellingAndGoingOn) {
    finish_event event;
    {
        asio::io_context short_lived;
        asio::co_spawn(short_lived, wait_for(event, &ended), note());
        short_lived.poll();
        event.tell();
    }

    EXPECT_EQ(ended, std::nullopt);
}

TEST_F(FinishEventTest, AWaitCanBeGivenUp) {
    finish_event event;
    asio::cancellation_signal signal;
    asio::co_spawn(loop, wait_for(event, &ended),
                   asio::bind_cancellation_slot(signal.slot(), note()));
    loop.poll();

    signal.emit(asio::cancellation_type::terminal);
    loop.restart();
    loop.run_for(test::time_limit);
    event.tell();

    EXPECT_EQ(ended, asio::error::operation_aborted);
}

TEST_F(FinishEventTest, ManyWaitAtOnce) {
    std::vector<finish_event> events(50);
    std::vector<std::optional<error_code>> ends(events.size());
    for (std::size_t at = 0; at < events.size(); ++at)
        asio::co_spawn(loop, wait_for(events[at], &ends[at]), note());
    loop.poll();

    std::thread other{[&events] {
        for (auto& event : events) event.tell();
    }};
    loop.restart();
    loop.run_for(test::time_limit);
    other.join();

    EXPECT_EQ(ends, std::vector(events.size(), std::optional{error_code{}}));
}

}  // namespace
}  // namespace conductor::storage
