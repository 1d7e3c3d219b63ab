#pragma once

#include <daemon/definitions/definition.hpp>

#include <conductor/metadata_client.hpp>
#include <conductor/scheduler_client.hpp>

#include <memory>
#include <optional>

namespace conductor::daemon {

/** @brief Definitions of all kinds on a server.
 *  @par Errors  Those of `rest_client::call_json`. */
class registry {
public:
    /** @brief Over a connection to the server. */
    explicit registry(std::shared_ptr<rest_client> const& rest)
        : metadata_(rest), schedules_(rest) {}

    /** @brief What the server has of a definition; none if it has none of that name and version. */
    awaitable<result<std::optional<boost::json::object>>> find(definition const& wanted);
    /** @brief Creates or replaces a definition.
     *  @param exists  Whether the server has one of that name and version. */
    awaitable<result<void>> put(definition const& wanted, bool exists);

private:
    metadata_client metadata_;
    scheduler_client schedules_;
};

}  // namespace conductor::daemon
