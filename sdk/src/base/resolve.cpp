#include "base/resolve.hpp"

#include "base/completion.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include <memory>

namespace conductor::base {
namespace {

using boost::asio::ip::tcp;

// Shared by the waiting coroutine and the look-up, which may end long after nobody waits.
struct lookup {
    explicit lookup(boost::asio::any_io_executor const& executor)
        : resolver(executor), ended(executor) {}

    tcp::resolver resolver;
    boost::asio::steady_timer ended;
    bool has_ended = false;
    error_code error;
    endpoints found;
};

void begin(std::shared_ptr<lookup> const& state, std::string const& host, std::uint16_t port) {
    state->resolver.async_resolve(
        host, std::to_string(port), tcp::resolver::numeric_service,
        [state](error_code error, tcp::resolver::results_type const& found) {
            state->has_ended = true;
            state->error = error;
            for (auto const& entry : found) state->found.push_back(entry.endpoint());
            state->ended.cancel();
        });
}

endpoints known_addresses(std::string const& host, std::uint16_t port) {
    using namespace boost::asio::ip;
    if (host == "localhost") {
        // RFC 6761, 6.3: always loopback. The server may listen on either family.
        return {{address_v6::loopback(), port}, {address_v4::loopback(), port}};
    }
    error_code error;
    auto const literal = make_address(host, error);
    return error ? endpoints{} : endpoints{{literal, port}};
}

}  // namespace

awaitable<result<endpoints>> resolve(std::string host, std::uint16_t port, time_point deadline) {
    if (auto known = known_addresses(host, port); !known.empty()) co_return known;

    auto const state = std::make_shared<lookup>(co_await boost::asio::this_coro::executor);
    begin(state, host, port);
    state->ended.expires_at(deadline);
    co_await state->ended.async_wait(as_values);
    if (state->has_ended) {
        if (state->error) co_return failure{state->error};
        co_return std::move(state->found);
    }
    state->resolver.cancel();
    bool const late = std::chrono::steady_clock::now() >= deadline;
    co_return failure{make_error_code(late ? errc::timed_out : errc::stopped)};
}

}  // namespace conductor::base
