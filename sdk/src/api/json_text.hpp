#pragma once

#include <conductor/error.hpp>

#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>

#include <string_view>

namespace conductor::api {

/** @brief Parses a server's answer; `errc::bad_response` names the position of the fault.
 *
 *  Nesting deeper than 200 is refused. */
result<boost::json::value> parse_json(std::string_view text, boost::json::storage_ptr storage);

}  // namespace conductor::api
