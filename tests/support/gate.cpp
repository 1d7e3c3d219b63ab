#include "gate.hpp"

#include "time_limit.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace conductor::test {

namespace asio = boost::asio;

gate::gate(asio::any_io_executor executor)
    : timer_(std::move(executor), asio::steady_timer::time_point::max()) {}

void gate::open() {
    {
        std::lock_guard lock{mutex_};
        open_ = true;
    }
    asio::post(timer_.get_executor(), [self = shared_from_this()] { self->timer_.cancel(); });
}

bool gate::wait_for_arrivals(std::size_t count) {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, time_limit, [&] { return arrivals_ >= count; });
}

awaitable<void> gate::pass() {
    {
        std::lock_guard lock{mutex_};
        ++arrivals_;
        changed_.notify_all();
        if (open_) {
            co_return;
        }
    }
    co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
}

}  // namespace conductor::test
