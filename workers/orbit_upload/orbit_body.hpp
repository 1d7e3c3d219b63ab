#pragma once

#include <boost/json/object.hpp>

#include <string>

namespace conductor::workers {

/** @brief How an activity is laid out in the body of a request to Orbit. */
enum class body_shape {
    /** @brief `{"activity": {…, "member": {…}}, "identity": {…}}`, as Orbit's document has it. */
    wrapped,
    /** @brief The activity as it is, `member` and `identity` inside. */
    flat,
};

/** @brief The body of the request that posts an activity.
 *  @par Source  Orbit's OpenAPI document, `POST /{workspace_slug}/activities`. */
std::string orbit_body(boost::json::object activity, body_shape shape);

}  // namespace conductor::workers
