#pragma once

#include <contract/instant.hpp>
#include <orbit_upload/sink.hpp>

#include <conductor/http/request.hpp>

#include <initializer_list>
#include <string_view>

namespace conductor::workers {

/** @brief What an answer says that means the same at every sink that speaks HTTP.
 *
 *  429 limits; 401 and 403 refuse the key; 410 is gone; a 3xx redirects, and a key is not taken to
 *  another address; 408, 5xx and what is no answer at all cannot serve the request now.
 *  @param now  The present, for a `Retry-After` that is a date.
 *  @return None for the other statuses, whose meaning is the sink's.
 */
std::optional<delivery_report> judge_status(http::response const& answer, instant now);

/** @brief What a request that brought no answer says. */
delivery_report judge_failure(failure const& error);

/** @brief A failure of every activity, as an answer shows it: `the sink answered 404: …`. */
delivery_report failed_by(fault_code code, int status, std::string_view what);

/** @brief A refusal of one activity.
 *  @param reasons  The sink's, as it gave them; null for none. */
delivery_report rejected_by(int status, boost::json::value reasons);

/** @brief Whether an answer is a web page, which no API gives: the address has another owner. */
bool is_web_page(http::response const& answer);

/** @brief An answer's body as JSON; null when it is none. */
boost::json::value body_of(http::response const& answer);

/** @brief The first of some members of an object that is there and not null, else null. */
boost::json::value first_member(boost::json::value const& body,
                                std::initializer_list<std::string_view> names);

/** @brief A report in which a sink that repeats the key is not repeated, and in which its reasons
 *  are short enough for a task's output. */
delivery_report without_key(delivery_report report, secret const& key);

}  // namespace conductor::workers
