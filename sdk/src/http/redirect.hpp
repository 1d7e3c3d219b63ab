#pragma once

#include <conductor/error.hpp>
#include <conductor/http/request.hpp>

#include "http/target.hpp"

#include <optional>
#include <string>

namespace conductor::http {

/** @brief Where a redirect leads: the URL to put into the request, and the same taken apart. */
struct redirection {
    /** @brief Absolute, without fragment. */
    std::string url{};
    /** @brief The same. */
    http::target target;
};

/** @brief Decides whether an answer redirects this request, and where to.
 *
 *  @param followed  How many redirects were followed so far.
 *  @return None when the answer is the final one.
 *  @par Errors  `errc::too_many_redirects`, `errc::bad_url` for a `Location` that cannot be used,
 *               that leads from https to http, or that would carry a body to another origin.
 */
result<std::optional<redirection>> find_redirection(request const& request, target const& from,
                                                    response const& answer, unsigned followed);

/** @brief Makes the request that follows a redirect: another method where the status says so, and
 *  to another origin only headers that are known to hold no credential. */
void redirect_request(request& request, target const& from, redirection const& to, int status);

}  // namespace conductor::http
