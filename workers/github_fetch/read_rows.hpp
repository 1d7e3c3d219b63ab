#pragma once

#include <github_fetch/row.hpp>

#include <conductor/error.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::workers::github {

/** @brief Reads a page of GitHub's REST lists, in its order.
 *
 *  Stars are `{starred_at, user}`, forks repositories with `created_at` and `owner`, contributors
 *  `{login, id, type, contributions}` or `{type: "Anonymous", name, contributions}`. E-mail
 *  addresses are not read.
 *  @par Errors  `errc::bad_response`; `detail` begins with the JSON pointer of the culprit.
 */
result<std::vector<row>> read_page(row_kind kind, boost::json::value const& body);

/** @brief Reads rows as a task gives them out.
 *  @par Errors  `errc::bad_response`; `detail` begins with the JSON pointer of the culprit. */
result<std::vector<row>> read_output_rows(row_kind kind, boost::json::value const& rows);

/** @brief Reads `{login, id, type}`, or null.
 *  @param value    Null when the member is absent.
 *  @param pointer  The JSON pointer of the member.
 *  @par Errors     `errc::bad_response`. */
result<std::optional<account>> read_account(boost::json::value const* value,
                                            std::string const& pointer);

/** @brief Reads a member that is an instant.
 *  @param pointer  The JSON pointer of the object.
 *  @par Errors     `errc::bad_response`. */
result<instant> read_instant(boost::json::object const& object, std::string_view name,
                             std::string const& pointer);

}  // namespace conductor::workers::github
