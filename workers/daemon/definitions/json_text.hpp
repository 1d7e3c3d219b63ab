#pragma once

#include <conductor/error.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace conductor::daemon {

/** @brief Parses a JSON text.
 *  @param name  Where the text comes from, for the message.
 *  @par Errors  `errc::bad_value`; `detail` is `NAME:LINE:COLUMN: what is wrong`. */
result<boost::json::value> parse_json(std::string const& name, std::string_view text);

/** @brief Reads a file, or standard input for `-`, that holds one JSON object.
 *  @par Errors  Those of `read_text_file`; `errc::bad_value` naming file, line and column. */
result<boost::json::object> read_json_object(std::string const& path);

}  // namespace conductor::daemon
