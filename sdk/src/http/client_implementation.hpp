#pragma once

#include <conductor/http/client.hpp>

#include "base/system_clock.hpp"
#include "base/watchdog.hpp"
#include "http/connector.hpp"
#include "http/exchange.hpp"
#include "http/lease.hpp"
#include "http/proxy.hpp"
#include "http/target.hpp"
#include "http/tls_context.hpp"

#include <boost/asio/cancellation_state.hpp>

#include <array>
#include <map>
#include <memory>

namespace conductor::http {

/** @brief Pools, proxies and TLS settings of one client, and the path of a request through them. */
class client::implementation {
public:
    implementation(boost::asio::any_io_executor executor, client_options options);

    /** @brief As `client::send()`; shares ownership, so that a client may go first. */
    static awaitable<result<response>> send(std::shared_ptr<implementation> self,
                                            http::request request);

private:
    /** @brief One request to one URL: what a redirect begins anew. */
    struct hop {
        http::request const& request;
        target const& where;
        time_point deadline;
        boost::asio::cancellation_state stop;
    };

    static bool wants_to_stop(hop const& step) {
        return step.stop.cancelled() != boost::asio::cancellation_type::none;
    }
    static failure failed(hop const& step, exchange_outcome const& outcome);
    static failure interrupted(hop const& step, std::string stage);

    awaitable<result<response>> perform(hop const& step);
    exchange_terms terms_of(hop const& step) const;
    void write_head_of(hop const& step, connection& link, proxy const* through) const;
    std::shared_ptr<connection_pool> pool_of(hop const& step, time_point now);
    bool take_kept(lease& held, time_point now);
    void sweep(time_point now);

    boost::asio::any_io_executor executor_;
    client_options options_;
    base::system_clock clock_;
    proxy_selection proxies_;
    tls_context tls_;
    std::shared_ptr<base::watchdog> watchdog_;
    connector connector_;
    // Who may not reach this machine shares no connection with who may: a pool for each of
    // `local_addresses`, null as long as it is not needed.
    std::map<origin, std::array<std::shared_ptr<connection_pool>, 3>> pools_;
    time_point next_sweep_{};
};

}  // namespace conductor::http
