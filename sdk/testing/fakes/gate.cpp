#include "gate.hpp"

#include "time_limit.hpp"

#include <utility>

namespace conductor::test {

gate::gate(boost::asio::any_io_executor executor) : opened_(std::move(executor)) {}

void gate::open() {
    {
        std::lock_guard lock{mutex_};
        open_ = true;
    }
    opened_.notify();
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
    }
    while (!is_open()) co_await opened_.wait();
}

bool gate::is_open() const {
    std::lock_guard lock{mutex_};
    return open_;
}

}  // namespace conductor::test
