#pragma once

#include <contract/task_description.hpp>
#include <orbit_upload/make_sink.hpp>

#include <conductor/environment.hpp>
#include <conductor/http/client.hpp>
#include <conductor/worker.hpp>

#include <map>
#include <memory>
#include <string>

namespace conductor::workers {

/** @brief How `orbit_upload` is set up. */
struct orbit_upload_options {
    /** @brief The sink of inputs that name none; empty when every input has to name one. */
    std::string default_sink{};
    /** @brief The sinks by name. */
    std::map<std::string, sink_options> sinks{};
};

/** @brief The worker of the task type `orbit_upload`: takes activities to a sink, each at least
 *  once; one whose key the sink has already is a success. Requests to a service are evenly paced.
 *
 *  A wait of more than two seconds, the end of the response time and the stop token hand the task
 *  back with its progress, and the next claim goes on from there. The stop token ends a request
 *  under way.
 *  @param client  Sends the requests; redirects are never followed.
 *  @throws config_error for a default that is no sink, an unknown type, or an address or path
 *          that cannot be used, naming the setting.
 *  @par Threads   The runtime's thread. Tasks at the same sink share its pace.
 */
worker make_orbit_upload(orbit_upload_options options, std::shared_ptr<http::client> client,
                         environment environment);

/** @brief What `orbit_upload` takes and gives. */
task_description const& orbit_upload_description();

}  // namespace conductor::workers
