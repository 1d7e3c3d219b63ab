#pragma once

#include <daemon/config/section.hpp>
#include <daemon/config/surroundings.hpp>

namespace conductor::daemon {

/** @brief Reads `server`. */
void read_server(section part, surroundings const& around, client_options& server);

/** @brief Reads `secrets`, and each secret once to see that it is there. */
void read_secrets(section part, surroundings const& around, config& out);

/** @brief Reads `outbox`; `out.state_dir` must have been read. */
void read_outbox(section part, config& out);

/** @brief Reads `workers`; `out.secrets` and `out.state_dir` must have been read. */
void read_workers(section part, surroundings const& around, config& out);

/** @brief Reads `sinks` and `default_sink` of `workers.orbit_upload`. */
void read_sinks(section& part, config const& out, orbit_upload_config& upload);

/** @brief Reads `admin`. */
void read_admin(section part, surroundings const& around, config& out);

/** @brief Whether a secret of that name is configured; complains if not. */
bool is_configured(section& part, std::string const& key, located_text const& name,
                   config const& out);

/** @brief A secret that was read once. */
struct checked_secret {
    /** @brief How to read it again. */
    configured_secret setting;
    /** @brief What it held. */
    workers::secret value;
};

/** @brief A secret out of a configuration; none after a complaint.
 *
 *  Complains of a text without one of the three forms, and of a secret that cannot be read or
 *  sent, without repeating either. */
std::optional<checked_secret> read_reference(section& part, std::string const& key,
                                             located_text const& written,
                                             surroundings const& around);

/** @brief A base address: http or https, no user name, without slashes at its end; none after a
 *  complaint. */
std::optional<std::string> read_address(section& part, std::string const& key,
                                        located_text const& written);

/** @brief Reads `request_timeout_seconds`: the most that one request may take. */
std::chrono::seconds read_request_timeout(section& part);

}  // namespace conductor::daemon
