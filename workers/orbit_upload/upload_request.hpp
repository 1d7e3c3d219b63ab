#pragma once

#include <contract/outcome.hpp>
#include <contract/secret.hpp>
#include <orbit_upload/orbit_body.hpp>

#include <boost/json/object.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace conductor::workers {

/** @brief What to do about an activity that the sink finds invalid. */
enum class item_error_rule {
    /** @brief End the task there. */
    fail,
    /** @brief Note it in `failed` and go on. */
    go_on,
};

/** @brief What an `orbit_upload` task asks for, checked and with its defaults filled in. */
struct upload_request {
    /** @brief The workspace, safe to put into a path once it is encoded. */
    std::string workspace;
    /** @brief The key as the input has it: literal, `secret:NAME`, or empty. */
    secret key;
    /** @brief Title of activities that have none; may be empty. */
    std::string activity_name;
    /** @brief Name of the sink; empty for the configured default. */
    std::string sink;
    /** @brief The activities; they belong to the input. */
    std::vector<boost::json::object const*> activities;
    /** @brief Requests a minute to the sink, evenly spaced. */
    std::int64_t rate_per_minute = 100;
    /** @brief The longest wait that the sink may ask for. */
    std::chrono::seconds max_wait{3600};
    /** @brief Layout of the body. */
    body_shape shape = body_shape::wrapped;
    /** @brief What to do about an invalid activity. */
    item_error_rule on_item_error = item_error_rule::fail;
    /** @brief Whether nothing is sent. */
    bool dry_run = false;

    /** @brief The time from one request to the next. */
    std::chrono::nanoseconds interval() const {
        return std::chrono::nanoseconds{std::chrono::minutes{1}} / rate_per_minute;
    }
};

/** @brief Reads a task's input.
 *  @param input  Must outlive the request.
 *  @par Errors   BAD_INPUT naming every member that cannot be used. */
outcome<upload_request> read_upload_request(boost::json::object const& input);

/** @brief An activity as it is sent: with a title and a key.
 *
 *  @param title  Used where the activity has none; may be empty.
 *  @param key    Used where the activity has none, so that a repeated task stores nothing twice.
 */
boost::json::object complete_activity(boost::json::object const& activity, std::string const& title,
                                      std::string const& key);

}  // namespace conductor::workers
