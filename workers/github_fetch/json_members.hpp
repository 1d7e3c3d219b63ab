#pragma once

#include <conductor/error.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace conductor::workers::github {

/** @brief Parses an answer's body: any bytes, nested 32 levels at most.
 *  @par Errors  `errc::bad_response`, saying where the JSON breaks off. */
result<boost::json::value> parse_body(std::string_view body);

/** @brief A text member; none when absent or of another type. */
std::optional<std::string> text_member(boost::json::object const& object, std::string_view name);

/** @brief A whole number of zero and up, no larger than `row_number_max`; none when absent or
 *  anything else. */
std::optional<std::int64_t> count_member(boost::json::object const& object, std::string_view name);

/** @brief `errc::bad_response` with the complaint behind a JSON pointer into the body.
 *  @param pointer  Empty for the whole body. */
failure malformed(std::string const& pointer, std::string_view complaint);

/** @brief The number, or null. */
boost::json::value number_or_null(std::optional<std::int64_t> number);

}  // namespace conductor::workers::github
