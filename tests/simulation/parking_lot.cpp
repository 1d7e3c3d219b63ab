#include "parking_lot.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>
#include <utility>

namespace conductor::simulation {

namespace asio = boost::asio;

namespace {

template <class Handler>
void resume(std::shared_ptr<Handler> const& parked) {
    auto const executor = asio::get_associated_executor(*parked);
    asio::post(executor, [parked] { std::move (*parked)(); });
}

}  // namespace

awaitable<void> parking_lot::wait(ticket mine) {
    auto const park = [this, mine](auto handler) {
        auto const parked = std::make_shared<decltype(handler)>(std::move(handler));
        // A crash is under way: the coroutine ends here.
        if (!crashed_) parked_.emplace(mine, [parked] { resume(parked); });
    };
    return asio::async_initiate<asio::use_awaitable_t<> const, void()>(park, asio::use_awaitable);
}

void parking_lot::release(ticket ended) {
    auto const found = parked_.find(ended);
    if (found == parked_.end()) return;
    auto const resumed = std::move(found->second);
    parked_.erase(found);
    resumed();
}

void parking_lot::crash() {
    crashed_ = true;
    // What is destroyed may end other waits.
    auto const destroyed = std::exchange(parked_, {});
}

}  // namespace conductor::simulation
