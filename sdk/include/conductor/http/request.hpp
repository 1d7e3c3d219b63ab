#pragma once

#include <conductor/http/headers.hpp>

#include <chrono>
#include <optional>
#include <string>

/** @brief A small HTTP/1.1 client. */
namespace conductor::http {

/** @brief Which addresses of this machine and its link a request may be sent to: loopback,
 *  link-local, unspecified, multicast and broadcast ones, in any of their IPv6 forms. */
enum class local_addresses {
    /** @brief Any. */
    allowed,
    /** @brief Those that the URL itself holds, and `localhost`; no name may lead to one. For a host
     *  that somebody chose by its name, whose name service may be somebody else's. */
    as_written,
    /** @brief None. For URLs that come from outside. */
    refused,
};

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
    /** @brief Whether the request, and redirects of it, may lead to this machine or its link.
     * Beyond it the request fails with `errc::bad_url`. Through a proxy the request goes where the
     * proxy's own look-up leads: only what the URL itself says is judged then. */
    http::local_addresses local_addresses = http::local_addresses::allowed;
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
