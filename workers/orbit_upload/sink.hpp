#pragma once

#include <contract/outcome.hpp>
#include <contract/secret.hpp>
#include <orbit_upload/orbit_body.hpp>

#include <conductor/environment.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <cstddef>
#include <limits>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace conductor::workers {

/** @brief What became of one activity at a sink. */
enum class delivery_outcome {
    /** @brief The sink made a new record of it. */
    created,
    /** @brief The sink took it without saying that it made a new record. */
    accepted,
    /** @brief The sink has had an activity with this key already. */
    duplicate,
    /** @brief The sink finds this activity invalid; others may be fine. */
    rejected,
    /** @brief Too many requests: the same one again, later. */
    limited,
    /** @brief It failed, and so would every other activity now. */
    failed,
    /** @brief It was given up because the worker stops: the same one again, in another claim. */
    stopped,
};

/** @brief A sink's word on one activity. Nothing in it holds the key of the sink. */
struct delivery_report {
    /** @brief What became of it. */
    delivery_outcome outcome = delivery_outcome::accepted;
    /** @brief `rejected`, `limited`, `failed`: code, status and message. */
    fault why{};
    /** @brief `rejected`: the sink's reasons as it gave them. */
    boost::json::value errors{};
    /** @brief `limited`: how long the sink asks to wait; none if it does not say. */
    std::optional<std::chrono::seconds> retry_after{};

    friend bool operator==(delivery_report const&, delivery_report const&) = default;
};

/** @brief Activities on their way to a sink. */
struct delivery {
    /** @brief The workspace that they go to, as the input names it. */
    std::string workspace;
    /** @brief What the sink asks to be shown, or what it signs with; empty if neither. */
    secret key;
    /** @brief The activities as `star_filter` makes them, 1 to `sink::batch_max()`. Each has a
     *  `key`, so that sending it twice stores it once. */
    std::vector<boost::json::object> activities;
    /** @brief The layout of the body, where a sink knows several. */
    body_shape shape = body_shape::wrapped;
    /** @brief Limit of the whole delivery. */
    std::chrono::milliseconds timeout{};
    /** @brief The workflow that the task belongs to. */
    std::string workflow_id{};
    /** @brief Gives a request under way up. */
    std::stop_token stop{};
};

/** @brief Which key goes with a delivery. */
enum class key_rule {
    /** @brief The one of the task's input, else the sink's own. */
    of_input,
    /** @brief The sink's own alone: the receiver checks signatures made with it. */
    of_sink,
    /** @brief None is needed; one in the input is ignored. */
    none,
};

/** @brief `sink::batch_max()` of a sink that takes all activities at once. */
inline constexpr std::size_t no_batch_max = std::numeric_limits<std::size_t>::max();

/** @brief Where activities go.
 *
 *  @par Threads  The runtime's thread; several deliveries may be under way at once.
 */
class sink {
public:
    virtual ~sink() = default;
    /** @brief Sends activities, once; waiting and repeating are the caller's.
     *  @return What became of each, in their order: network errors, full disks and strange answers
     *          are reports too. */
    virtual awaitable<std::vector<delivery_report>> deliver(delivery many) = 0;
    /** @brief How many activities one delivery may hold. */
    virtual std::size_t batch_max() const = 0;
    /** @brief Whether deliveries keep to a rate: it protects a service's limit. */
    virtual bool is_paced() const = 0;
    /** @brief Which key goes with a delivery. */
    virtual workers::key_rule key_rule() const = 0;
};

}  // namespace conductor::workers
