#pragma once

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace conductor::storage {

/** @brief Whether JSON has a text for a value: it has none for infinity and for what is no number.
 */
bool has_text(boost::json::value const& value);

/** @brief Writes a value that `has_text()` so that `read_json()` gives it back as it was. */
std::string write_json(boost::json::value const& value);

/** @brief Reads a value. Other than `boost::json::parse()` it gives fractions to the last bit,
 *  and takes texts whose bytes are no UTF-8.
 *  @return None when the text is not JSON. */
std::optional<boost::json::value> read_json(std::string_view text);

}  // namespace conductor::storage
