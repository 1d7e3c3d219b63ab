#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/deferred.hpp>

namespace conductor::base {

/** @brief Completion token: awaiting the operation gives a tuple that starts with its error code.
 *
 *  Unlike `use_awaitable` it needs no coroutine frame of its own for each operation. */
inline constexpr auto as_values = boost::asio::as_tuple(boost::asio::deferred);

}  // namespace conductor::base
