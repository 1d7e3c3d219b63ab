#pragma once

#include <conductor/http/headers.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace conductor::test {

class gate;

/** @brief A request as `fake_http_server` received it. */
struct http_request {
    /** @brief The method, e.g. `POST`. */
    std::string method;
    /** @brief Path and query, as sent. */
    std::string target;
    /** @brief The header lines, in order. */
    http::headers headers;
    /** @brief The body. */
    std::string body;
    /** @brief Number of the connection it came on, from 1: equal numbers mean a kept connection. */
    std::size_t connection = 0;

    /** @brief The target without its query, as sent. */
    std::string_view path() const;
    /** @brief A query parameter, decoded; none if absent. */
    std::optional<std::string> query(std::string_view name) const;
};

/** @brief How an answer reaches the client. */
enum class delivery {
    /** @brief As it should. */
    whole,
    /** @brief The connection is closed in its place. */
    nothing,
    /** @brief The connection is closed after half of it (of the body, where there is one). */
    part,
    /** @brief The connection is reset in its place. */
    reset,
};

/** @brief What `fake_http_server` answers. */
struct http_answer {
    /** @brief The status. */
    int status = 200;
    /** @brief The body. */
    std::string body{};
    /** @brief Header lines beside `Content-Length` and `Connection`. */
    http::headers headers{{"Content-Type", "application/json"}};
    /** @brief How much of it arrives. */
    test::delivery delivery = test::delivery::whole;
    /** @brief The answer waits for this gate to open; none for no wait. */
    std::shared_ptr<gate> hold{};
    /** @brief Closes the connection after the answer and says so (`Connection: close`). */
    bool close = false;
    /** @brief Bytes to send in place of status, headers and body; for answers that break HTTP. */
    std::string raw{};
};

/** @brief The bytes of an answer on the wire. */
std::string to_bytes(http_answer const& answer);

/** @brief How many of `bytes` a `delivery::part` sends. */
std::size_t half_of(std::string_view bytes);

}  // namespace conductor::test
