#include "http/lease.hpp"

#include "http/reuse.hpp"

#include <boost/asio/this_coro.hpp>

namespace conductor::http {
namespace {

// Stands in line as long as it lives, also when its coroutine is destroyed in mid-wait.
struct place_in_line {
    place_in_line(connection_pool& line, timer& wait) : pool(line) {
        waiting.on_grant = [&wait] { wait.wake(); };
        pool.enqueue(waiting);
    }
    place_in_line(place_in_line const&) = delete;
    place_in_line& operator=(place_in_line const&) = delete;
    ~place_in_line() { pool.withdraw(waiting); }

    connection_pool& pool;
    connection_pool::waiter waiting;
};

}  // namespace

awaitable<bool> lease::wait_for_slot(conductor::clock& clock, time_point deadline) {
    auto const wait = clock.make_timer(co_await boost::asio::this_coro::executor);
    place_in_line place(*pool_, *wait);
    co_await wait->wait_until(deadline);
    has_slot_ = place.waiting.granted;
    link_ = std::move(place.waiting.connection);
    co_return has_slot_;
}

bool lease::take_idle(time_point now, std::chrono::milliseconds idle_max) {
    if (link_) return true;
    for (auto idle = pool_->take_idle(); idle.connection; idle = pool_->take_idle()) {
        auto const verdict = judge_idle(now - idle.since, idle_max);
        bool const usable = verdict == idle_verdict::use ||
                            (verdict == idle_verdict::probe && idle.connection->seems_usable());
        if (!usable) continue;
        link_ = std::move(idle.connection);
        return true;
    }
    return false;
}

}  // namespace conductor::http
