#pragma once

#include <contract/instant.hpp>
#include <orbit_upload/sink.hpp>

#include <conductor/http/request.hpp>

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace conductor::workers {

/** @brief The body of the request that gives Common Room an activity.
 *
 *  `{id, activityType, user: {id, username, github}, timestamp, activityTitle, url}`; what the
 *  activity does not have is left out. The person's id is the account's number where it is known.
 *  @par Source  Common Room's OpenAPI document, `ApiActivity`.
 */
std::string commonroom_body(boost::json::object const& activity);

/** @brief Common Room's word for a type of activity: `star:created` is `starred`.
 *
 *  A type without a word of its own keeps its letters and digits, with `_` for the rest.
 */
std::string commonroom_type(std::string_view activity_type_key);

/** @brief What Common Room's answer to a posted activity says. It takes activities without saying
 *  whether it had them: they are the same by id and type.
 *  @par Source  Common Room's OpenAPI document, `addUpdateActivityToSource`. */
delivery_report read_commonroom_answer(http::response const& answer, instant now);

}  // namespace conductor::workers
