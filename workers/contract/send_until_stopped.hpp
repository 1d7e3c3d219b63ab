#pragma once

#include <conductor/environment.hpp>
#include <conductor/error.hpp>
#include <conductor/http/client.hpp>

#include <memory>
#include <stop_token>

namespace conductor::workers {

/** @brief Sends a request, and gives it up at once when the stop token fires.
 *
 *  @par Errors   `errc::stopped` when it was given up; else those of `http::client::send()`.
 *  @par Threads  The executor's one thread. The token may be fired on any.
 */
awaitable<result<http::response>> send_until_stopped(std::shared_ptr<http::client> client,
                                                     http::request request, std::stop_token stop);

}  // namespace conductor::workers
