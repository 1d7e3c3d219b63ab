#pragma once

#include <orbit_upload/sink.hpp>

#include <conductor/http/client.hpp>

#include <memory>
#include <string>

namespace conductor::workers {

/** @brief Orbit's API, or a server that speaks it.
 *  @par Source  Orbit's OpenAPI document, `POST /{workspace_slug}/activities`. */
class orbit_sink final : public sink {
public:
    /** @brief Posts to `{base}/{workspace}/activities`.
     *  @param base  As `orbit_base()` gives it. */
    orbit_sink(std::string base, std::shared_ptr<http::client> client,
               std::shared_ptr<clock> clock);

    /** @brief Follows no redirect, so that the key goes to `base` alone. */
    awaitable<delivery_report> deliver(delivery one) override;

private:
    std::string base_;
    std::shared_ptr<http::client> client_;
    std::shared_ptr<clock> clock_;
};

/** @brief A base without the slashes at its end.
 *  @par Errors  `errc::bad_url`: not an absolute http or https URL, or one with user name, query or
 *               fragment. */
result<std::string> orbit_base(std::string base);

/** @brief The address that takes activities of a workspace.
 *  @param workspace  Percent-encoded here, so that it stays one segment of the path. */
std::string orbit_activities_url(std::string_view base, std::string_view workspace);

/** @brief A report in which a sink that repeats the key is not repeated, and in which its reasons
 *  are short enough for a task's output. */
delivery_report without_key(delivery_report report, secret const& key);

}  // namespace conductor::workers
