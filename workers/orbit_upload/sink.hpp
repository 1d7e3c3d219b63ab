#pragma once

#include <contract/outcome.hpp>
#include <contract/secret.hpp>
#include <orbit_upload/orbit_body.hpp>

#include <conductor/environment.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <optional>
#include <string>

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

/** @brief One activity on its way to a sink. */
struct delivery {
    /** @brief The workspace that it goes to, as the input names it. */
    std::string workspace;
    /** @brief What the sink asks to be shown. */
    secret key;
    /** @brief The activity as `star_filter` makes it. It has a `key`, so that sending it twice
     *  stores it once. */
    boost::json::object activity;
    /** @brief The layout of the body, where a sink knows several. */
    body_shape shape = body_shape::wrapped;
    /** @brief Limit of the whole request. */
    std::chrono::milliseconds timeout{};
};

/** @brief Where activities go.
 *
 *  @par Threads  The runtime's thread; several deliveries may be under way at once.
 */
class sink {
public:
    virtual ~sink() = default;
    /** @brief Sends one activity, once; waiting and repeating are the caller's.
     *  @return What became of it: network errors and strange answers are reports too. */
    virtual awaitable<delivery_report> deliver(delivery one) = 0;
};

}  // namespace conductor::workers
