#include <orbit_upload/storage_thread.hpp>

#include <support/run_coroutine.hpp>

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>

#include <future>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

namespace conductor::workers {
namespace {

using conductor::test::run_coroutine;

TEST(StorageThreadTest, WorksElsewhereAndComesBack) {
    boost::asio::io_context loop;
    storage_thread thread;
    std::function<std::thread::id()> const where = [] { return std::this_thread::get_id(); };

    auto const first = run_coroutine(loop, thread.run(where));
    auto const second = run_coroutine(loop, thread.run(where));

    EXPECT_NE(first, std::this_thread::get_id());
    EXPECT_EQ(first, second);
}

TEST(StorageThreadTest, HandsOnWhatIsThrown) {
    boost::asio::io_context loop;
    storage_thread thread;
    std::function<int()> const fail = []() -> int { throw std::runtime_error{"no"}; };

    EXPECT_THROW(run_coroutine(loop, thread.run(fail)), std::runtime_error);
}

TEST(StorageThreadTest, ToldBeforeTheWaitIsToldAsWell) {
    boost::asio::io_context loop;
    finish_event const event;
    event.tell();

    run_coroutine(loop, event.wait());
}

// Spawned, so it takes a pointer to what outlives it.
awaitable<void> keep(storage_thread* thread, std::function<std::string()> work, std::string* kept) {
    *kept = co_await thread->run(std::move(work));
}

TEST(StorageThreadTest, TheLoopGoesOnMeanwhile) {
    boost::asio::io_context loop;
    storage_thread thread;
    std::promise<void> may_end;
    auto const let_go = may_end.get_future().share();
    std::string kept;
    std::function<std::string()> const work = [let_go] {
        let_go.wait();
        return std::string{"done"};
    };
    std::exception_ptr thrown;
    auto const note = [&thrown](std::exception_ptr error) { thrown = error; };
    boost::asio::co_spawn(loop, keep(&thread, work, &kept), note);
    std::function<int()> const other = [] { return 1; };
    storage_thread second;

    EXPECT_EQ(run_coroutine(loop, second.run(other)), 1);
    EXPECT_EQ(kept, "");
    may_end.set_value();
    loop.restart();
    loop.run_for(conductor::test::time_limit);

    EXPECT_EQ(kept, "done");
    EXPECT_FALSE(thrown);
}

TEST(StorageThreadTest, ALoopMayEndBeforeTheWork) {
    std::promise<void> may_end;
    auto const let_go = may_end.get_future().share();
    std::promise<void> ended;
    std::function<std::string()> const work = [let_go, &ended] {
        let_go.wait();
        ended.set_value();
        return std::string{"nobody waits for it"};
    };
    std::string kept;
    std::optional<storage_thread> thread{std::in_place};
    {
        boost::asio::io_context loop;
        boost::asio::co_spawn(loop, keep(&*thread, work, &kept), [](std::exception_ptr) {});
        loop.poll();
    }

    may_end.set_value();
    ended.get_future().wait();
    thread.reset();

    EXPECT_EQ(kept, "");
}

}  // namespace
}  // namespace conductor::workers
