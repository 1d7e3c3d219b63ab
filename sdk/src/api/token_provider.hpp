#pragma once

#include <conductor/environment.hpp>
#include <conductor/error.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <functional>
#include <string>

namespace conductor::api {

/** @brief What gives a token in place of key and secret; see `client_options::token_provider`. */
using token_provider = std::function<awaitable<result<std::string>>()>;

/** @brief Asks `provider` once.
 *
 *  One that has not answered within `limit` is cancelled (its operations' cancellation, all kinds)
 *  and left behind: `timed_out`, and what it still gives is dropped. What it throws and an empty
 *  token are failures too, `bad_value`.
 *  @par Threads  On `executor`, which runs on one thread. */
awaitable<result<std::string>> ask_token_provider(boost::asio::any_io_executor executor,
                                                  clock& clock, token_provider provider,
                                                  std::chrono::milliseconds limit);

}  // namespace conductor::api
