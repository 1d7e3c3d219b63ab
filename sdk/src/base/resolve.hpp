#pragma once

#include <conductor/environment.hpp>
#include <conductor/error.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace conductor::base {

/** @brief Addresses to connect to, in the order to try them. */
using endpoints = std::vector<boost::asio::ip::tcp::endpoint>;

/** @brief The addresses of a host.
 *
 *  Literal addresses and `localhost` need no look-up. The system's look-up cannot be stopped: at
 *  the deadline it is left behind, and its late answer is dropped.
 *  @par Errors        `errc::timed_out`, errors of the name service.
 *  @par Cancellation  Terminal: gives `errc::stopped`.
 */
awaitable<result<endpoints>> resolve(std::string host, std::uint16_t port, time_point deadline);

}  // namespace conductor::base
