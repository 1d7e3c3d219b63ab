#include <conductor/http/client.hpp>

#include "http/client_implementation.hpp"

#include <utility>

namespace conductor::http {

client::client(boost::asio::any_io_executor executor, client_options options)
    : implementation_(std::make_shared<implementation>(std::move(executor), std::move(options))) {}

client::~client() = default;

awaitable<result<response>> client::send(request request) {
    return implementation::send(implementation_, std::move(request));
}

}  // namespace conductor::http
