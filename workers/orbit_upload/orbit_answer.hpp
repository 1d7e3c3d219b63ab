#pragma once

#include <contract/instant.hpp>
#include <orbit_upload/sink.hpp>

#include <conductor/http/request.hpp>

namespace conductor::workers {

/** @brief What Orbit's answer to a posted activity says.
 *
 *  A body whose `errors` has a member `key` reports a duplicate, whatever its status below 500. A
 *  web page, or 410, shows that the address has another owner now. Any other 2xx took the activity.
 *  @param now  The present, for a `Retry-After` that is a date.
 *  @par Source  Orbit's OpenAPI document; its own integrations for `errors.key`.
 */
delivery_report read_orbit_answer(http::response const& answer, instant now);

}  // namespace conductor::workers
