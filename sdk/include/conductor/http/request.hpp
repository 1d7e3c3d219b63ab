#pragma once

#include <conductor/http/headers.hpp>

#include <chrono>
#include <optional>
#include <string>

/** @brief A small HTTP/1.1 client. */
namespace conductor::http {

/** @brief One request. */
struct request {
    /** @brief The method, upper case. */
    std::string method = "GET";
    /** @brief `http://` or `https://`, absolute, percent-encoded. */
    std::string url{};
    /** @brief Headers, but for those that frame or route the message (`Host`, `Content-Length`,
     *  `Connection` …), which the client sets. */
    http::headers headers{};
    /** @brief The body; empty for none. */
    std::string body{};
    /** @brief One limit over name resolution, waiting for a connection, connecting, TLS, sending,
     *  receiving and redirects. */
    std::chrono::milliseconds timeout{std::chrono::seconds{30}};
    /** @brief Whether the request may be sent twice when a kept connection turns out dead. None:
     *  yes for GET, HEAD, PUT, DELETE and OPTIONS. */
    std::optional<bool> repeatable{};
    /** @brief How many redirects to follow, at most 5; zero gives the 3xx to the caller.
     *
     *  301, 302 and 303 turn a POST into a GET; 307 and 308 keep method and body. To another origin
     *  go neither a body nor any header that may be a credential: only `Accept`, `Accept-Encoding`,
     *  `Accept-Language`, `Content-Type`, `Content-Encoding`, `If-None-Match`, `If-Modified-Since`
     *  and `User-Agent`. https never becomes http. */
    unsigned redirects_max = 0;
};

/** @brief One answer. */
struct response {
    /** @brief The status; any, also 4xx and 5xx. */
    int status = 0;
    /** @brief The headers, in order. */
    http::headers headers{};
    /** @brief The body, decoded (gzip). */
    std::string body{};
    /** @brief The URL that answered: the last one of the redirects. */
    std::string url{};
    /** @brief How many redirects were followed. */
    unsigned redirects = 0;
};

}  // namespace conductor::http
