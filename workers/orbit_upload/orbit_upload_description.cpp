#include <orbit_upload/orbit_upload.hpp>

#include <array>

namespace conductor::workers {
namespace {

constexpr std::array inputs{
    member_description{"orbit_workspace", "text", true, "", "The workspace that they belong to."},
    member_description{"orbit_apikey", "text", false, "the sink's secret",
                       "The key, or secret:NAME; orbit_api_key is read as well. Sinks that need "
                       "none ignore it."},
    member_description{"activity_name", "text", false, "", "Title of activities without one."},
    member_description{"activities", "array", false, "", "Activities as star_filter makes them."},
    member_description{"activity", "object", false, "",
                       "One activity, in place of activities; null is none."},
    member_description{"sink", "text", false, "the default sink", "A configured sink."},
    member_description{"rate_per_minute", "integer", false, "100",
                       "Requests a minute to a service, evenly spaced over all tasks there."},
    member_description{"max_wait_seconds", "integer", false, "3600",
                       "The longest wait that the sink may ask for."},
    member_description{"body_shape", "wrapped or flat", false, "wrapped",
                       "Layout of the body, for Orbit."},
    member_description{"on_item_error", "fail or continue", false, "fail",
                       "What to do about an activity that the sink refuses."},
    member_description{"dry_run", "boolean", false, "false", "Whether nothing is sent."},
};

constexpr std::array outputs{
    member_description{"posted", "integer", true, "", "Activities taken, duplicates not counted."},
    member_description{"created", "integer", true, "", "Those the sink said it made anew."},
    member_description{"duplicates", "integer", true, "", "Activities that were there already."},
    member_description{"failed", "array", true, "",
                       "Activities refused: {index, key, http_status, errors}."},
    member_description{"next_index", "integer", true, "", "Index of the first one not dealt with."},
    member_description{"total", "integer", true, "", "Number of activities in the input."},
    member_description{"requests", "integer", true, "", "Deliveries to the sink."},
    member_description{"sink", "text", true, "", "The sink; empty when none was named."},
    member_description{"dry_run", "boolean", true, "", "Whether nothing was sent."},
};

constexpr task_description description{
    "orbit_upload",
    "Takes activities to a sink: a service, a file or a database, each stored once.",
    inputs,
    outputs,
};

}  // namespace

task_description const& orbit_upload_description() { return description; }

}  // namespace conductor::workers
