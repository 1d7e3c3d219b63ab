#pragma once

#include <conductor/error.hpp>

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace conductor::http {

/** @brief Scheme, host and port: what a connection and a credential belong to. */
struct origin {
    /** @brief Whether the scheme is https. */
    bool secure = false;
    /** @brief Host in lower case; an IPv6 address without brackets. */
    std::string host;
    /** @brief The port, also when it is the scheme's own. */
    std::uint16_t port = 0;

    friend auto operator<=>(origin const&, origin const&) = default;
};

/** @brief Where a request goes. */
struct target {
    /** @brief Whom to connect to. */
    http::origin origin;
    /** @brief Path and query as on the request line; begins with a slash. */
    std::string path;

    friend bool operator==(target const&, target const&) = default;
};

/** @brief Reads an absolute http or https URL. A fragment is dropped.
 *
 *  @par Errors  `errc::bad_url`, also for user information: credentials belong into headers. The
 *               detail never repeats the URL.
 */
result<target> parse_target(std::string_view url);

/** @brief `host:port` with IPv6 in brackets. */
std::string authority(origin const& where);

/** @brief `authority()` without the port when it is the scheme's own: the value of `Host`. */
std::string host_value(origin const& where);

/** @brief `http://host:port`. */
std::string to_string(origin const& where);

/** @brief The path without the query, which may hold a secret. */
std::string_view path_only(target const& where);

}  // namespace conductor::http
