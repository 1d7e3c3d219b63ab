#include <contract/send_until_stopped.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace conductor::workers {
namespace {

namespace asio = boost::asio;

struct cancel {
    std::shared_ptr<asio::cancellation_signal> signal;

    void operator()() const { signal->emit(asio::cancellation_type::terminal); }
};

// A cancellation signal belongs to one thread, and a stop token to none.
struct cancel_on {
    asio::any_io_executor executor;
    std::shared_ptr<asio::cancellation_signal> signal;

    void operator()() const { asio::post(executor, cancel{signal}); }
};

}  // namespace

awaitable<result<http::response>> send_until_stopped(std::shared_ptr<http::client> client,
                                                     http::request request, std::stop_token stop) {
    if (stop.stop_requested()) co_return failure{errc::stopped};
    auto const executor = co_await asio::this_coro::executor;
    auto const signal = std::make_shared<asio::cancellation_signal>();
    std::stop_callback const on_stop{stop, cancel_on{executor, signal}};
    co_return co_await asio::co_spawn(
        executor, client->send(std::move(request)),
        asio::bind_cancellation_slot(signal->slot(), asio::use_awaitable));
}

}  // namespace conductor::workers
