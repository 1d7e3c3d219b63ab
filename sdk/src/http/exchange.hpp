#pragma once

#include <conductor/error.hpp>
#include <conductor/http/request.hpp>

#include "http/connection.hpp"
#include "http/response_reader.hpp"
#include "http/reuse.hpp"

#include <boost/asio/cancellation_state.hpp>

#include <string>
#include <string_view>

namespace conductor::http {

/** @brief What is sent besides the head, which stands in `connection::head()`, and what may come
 *  back. */
struct exchange_terms {
    /** @brief The request's body. */
    std::string_view body{};
    /** @brief Whether the answer has a body. */
    response_reader::body expected = response_reader::body::as_announced;
    /** @brief How large the answer may be. */
    response_limits limits{};
    /** @brief Whether the caller wants to stop; a request to stop between two operations is seen
     *  here only. */
    boost::asio::cancellation_state stop;
};

/** @brief How an exchange ended. */
struct exchange_outcome {
    /** @brief What went wrong; none when the answer is whole. */
    error_code error{};
    /** @brief More about the error, for people. */
    std::string complaint{};
    /** @brief How far it came. */
    attempt_progress progress{};
    /** @brief The connection can serve another request. */
    bool keeps_connection = false;
    /** @brief The answer. */
    response answer{};
};

/** @brief Sends one request on a connection and reads its answer, under the connection's deadline.
 *
 *  Interim answers (1xx) are skipped. When the peer answers and closes before it has read the whole
 *  request, its answer counts.
 */
awaitable<exchange_outcome> exchange(connection& link, exchange_terms const& terms);

/** @brief The error that the caller sees for one of an operation on this connection. */
error_code reason_of(error_code error, connection const& link);

}  // namespace conductor::http
