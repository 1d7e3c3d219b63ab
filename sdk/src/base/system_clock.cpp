#include "base/system_clock.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace conductor::base {
namespace {

class asio_timer final : public timer {
public:
    explicit asio_timer(boost::asio::any_io_executor executor) : timer_(std::move(executor)) {}

    awaitable<void> wait_until(time_point until) override {
        timer_.expires_at(until);
        // Woken early the wait ends with operation_aborted, which is no error here.
        co_await timer_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    }

    void wake() override { timer_.cancel(); }

private:
    boost::asio::steady_timer timer_;
};

}  // namespace

time_point system_clock::now() const { return std::chrono::steady_clock::now(); }

std::chrono::system_clock::time_point system_clock::wall() const {
    return std::chrono::system_clock::now();
}

std::unique_ptr<timer> system_clock::make_timer(boost::asio::any_io_executor executor) {
    return std::make_unique<asio_timer>(std::move(executor));
}

}  // namespace conductor::base
