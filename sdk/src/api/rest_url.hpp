#pragma once

#include <conductor/error.hpp>
#include <conductor/rest_client.hpp>

#include <string>
#include <string_view>

namespace conductor::api {

/** @brief The server's base address without trailing slashes.
 *  @par Errors  `errc::bad_url` for anything but an http or https address with a host. */
result<std::string> normalise_base(std::string_view url);

/** @brief The address of a call: base, path with its arguments, query. */
std::string make_url(std::string_view base, rest_call const& call);

}  // namespace conductor::api
