#include "coroutine_event.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <set>
#include <utility>

namespace conductor::test {

namespace asio = boost::asio;

struct coroutine_event::waiters {
    asio::any_io_executor executor;
    std::set<asio::steady_timer*> timers{};
};

namespace {

// A timer in a set for as long as it lives, which may end in mid-wait.
struct waiter {
    waiter(std::set<asio::steady_timer*>& set, asio::steady_timer timer)
        : all(set), own(std::move(timer)) {
        all.insert(&own);
    }
    ~waiter() { all.erase(&own); }
    waiter(waiter const&) = delete;
    waiter& operator=(waiter const&) = delete;

    std::set<asio::steady_timer*>& all;
    asio::steady_timer own;
};

}  // namespace

coroutine_event::coroutine_event(asio::any_io_executor executor)
    : waiters_(std::make_shared<waiters>(waiters{std::move(executor)})) {}

void coroutine_event::notify() {
    asio::post(waiters_->executor, [all = waiters_] {
        for (auto* const each : all->timers) each->cancel();
    });
}

awaitable<void> coroutine_event::wait(std::chrono::steady_clock::time_point until) {
    auto const all = waiters_;
    waiter current{all->timers, asio::steady_timer{all->executor, until}};
    co_await current.own.async_wait(asio::as_tuple(asio::use_awaitable));
}

}  // namespace conductor::test
