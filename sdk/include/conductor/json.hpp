#pragma once

#include <conductor/detail/json_reader.hpp>
#include <conductor/detail/json_writer.hpp>
#include <conductor/error.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace conductor {

/** @brief Reads a value out of JSON.
 *
 *  `T` is `bool`, a number, `std::string`, an enumeration described by Boost.Describe (by name),
 *  `std::optional`, `std::vector`, `std::map<std::string, …>`, `boost::json::value`, `object` or
 *  `array`, or a struct described by Boost.Describe, in any nesting. In a struct, unknown members
 *  are ignored, and a member may be absent or null when it is a `std::optional`, or when its
 *  default member initialiser gives it a value that differs from `T{}`'s plain one.
 *  @par Errors  `errc::bad_value`; `detail` begins with the JSON pointer of the culprit.
 */
template <class T>
result<T> from_json(boost::json::value const& value) {
    return detail::read_json<T>(value);
}

/** @brief Reads a described struct out of a JSON object; as the other `from_json`. */
template <class T>
result<T> from_json(boost::json::object const& object) {
    return detail::read_json<T>(object);
}

/** @brief Writes a value as JSON; the types of `from_json`. An empty `std::optional` member is
 *  left out. */
template <class T>
boost::json::value to_json(T const& value) {
    return detail::json_writer::write(value);
}

}  // namespace conductor
