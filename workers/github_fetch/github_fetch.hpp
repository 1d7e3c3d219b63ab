#pragma once

#include <contract/secret_access.hpp>
#include <contract/task_description.hpp>

#include <conductor/environment.hpp>
#include <conductor/http/client.hpp>
#include <conductor/worker.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace conductor::workers {

/** @brief How `github_fetch` is set up. */
struct github_fetch_options {
    /** @brief Where GitHub's API is, for inputs that name no `api_base`. */
    std::string api_base = "https://api.github.com";
    /** @brief Hosts besides `api_base`'s that an input may name and a redirect may lead to: `host`
     *  (default port of the scheme) or `host:port`. Tokens go to them as to `api_base`. */
    std::vector<std::string> allowed_hosts{};
    /** @brief The tokens that inputs may name. */
    secret_access secrets{};
    /** @brief The most that one request may take. */
    std::chrono::seconds request_timeout{30};
};

/** @brief The worker of the task type `github_fetch`: a repository with its page plan, or its
 * stars, forks or contributors, one page or all of them, newest first.
 *
 *  A rate limit, the end of the response time and the stop token hand the task back with what it
 *  has read so far, and the next claim goes on from there. A wait of up to two seconds is taken in
 *  place.
 *  @param client  Sends the requests; tokens go to `api_base` and `allowed_hosts` alone.
 *  @throws config_error for an address or a host that cannot be used, naming the setting.
 *  @par Threads   The runtime's thread.
 */
worker make_github_fetch(github_fetch_options options, std::shared_ptr<http::client> client,
                         environment environment);

/** @brief What `github_fetch` takes and gives. */
task_description const& github_fetch_description();

}  // namespace conductor::workers
