#pragma once

#include <contract/secret_access.hpp>
#include <orbit_upload/sink.hpp>

#include <conductor/environment.hpp>
#include <conductor/http/client.hpp>

#include <memory>
#include <string>

namespace conductor::workers {

/** @brief A place that activities can go to. */
struct sink_options {
    /** @brief What speaks there: `orbit`, `commonroom`, `webhook`, `file` or `sqlite`. */
    std::string type = "orbit";
    /** @brief `orbit`, `commonroom`: its address up to the workspace, e.g. `https://host/api/v1`;
     *  `webhook`: the address itself. None is built in. */
    std::string base{};
    /** @brief Its key, and what an input may name in its place. Sent to `base` alone; a webhook's
     *  signs and is not sent. `file` and `sqlite` have none. */
    secret_access secrets{};
    /** @brief `file`, `sqlite`: the file, an absolute path. */
    std::string path{};
};

/** @brief Makes a sink.
 *
 *  @param client  Sends its requests, if it has any.
 *  @throws config_error for an unknown type and an address or path that cannot be used, naming the
 *          setting but not the sink.
 */
std::unique_ptr<sink> make_sink(sink_options const& options, std::shared_ptr<http::client> client,
                                std::shared_ptr<clock> clock);

}  // namespace conductor::workers
