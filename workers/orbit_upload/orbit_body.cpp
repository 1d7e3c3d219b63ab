#include <orbit_upload/orbit_body.hpp>

#include <boost/json/serialize.hpp>

#include <utility>

namespace conductor::workers {

namespace json = boost::json;

std::string orbit_body(json::object activity, body_shape shape) {
    if (shape == body_shape::flat) return json::serialize(activity);
    json::object body;
    if (auto* const identity = activity.if_contains("identity")) {
        body["identity"] = std::move(*identity);
        activity.erase("identity");
    }
    body["activity"] = std::move(activity);
    return json::serialize(body);
}

}  // namespace conductor::workers
