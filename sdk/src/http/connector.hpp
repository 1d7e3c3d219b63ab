#pragma once

#include <conductor/error.hpp>

#include "base/watchdog.hpp"
#include "http/connection.hpp"
#include "http/proxy.hpp"
#include "http/target.hpp"
#include "http/tls_context.hpp"

#include <chrono>
#include <cstddef>
#include <string>

namespace conductor::http {

/** @brief When to give up one of several addresses: each gets its share of the time that is left,
 *  but not less than two seconds, so that one dead address does not use up the whole limit. */
time_point address_deadline(time_point now, time_point deadline, std::size_t addresses_left);

/** @brief Where a connection leads. References live as long as its opening. */
struct route {
    /** @brief Whom it is for. */
    origin const& to;
    /** @brief The proxy on the way; null for none. */
    proxy const* through = nullptr;
    /** @brief Which addresses of this machine it may lead to. */
    http::local_addresses local_addresses = http::local_addresses::allowed;
};

/** @brief Whether a request may be sent to a host as it is written; its name is looked up later. */
bool admits(local_addresses allowed, std::string const& host);

/** @brief What opening a connection needs. References live as long as the client. */
struct connector {
    /** @brief Where time comes from. */
    conductor::clock& clock;
    /** @brief Who ends operations at their deadline. */
    base::watchdog& watchdog;
    /** @brief TLS settings. */
    tls_context& tls;
    /** @brief The `User-Agent` that a proxy sees. */
    std::string const& user_agent;

    /** @brief Opens a connection to an origin: name resolution, TCP, tunnel, TLS.
     *
     *  @return None on success; the failure's detail names the stage.
     */
    awaitable<result<void>> open(connection& link, route way, time_point deadline) const;

private:
    awaitable<result<void>> connect(connection& link, route way, time_point deadline) const;
    awaitable<result<void>> tunnel(connection& link, origin const& to, proxy const& through) const;
    awaitable<result<void>> secure(connection& link, origin const& to) const;
};

}  // namespace conductor::http
