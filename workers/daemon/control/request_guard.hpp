#pragma once

#include <daemon/config/listen_address.hpp>
#include <daemon/health/admin_request.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace conductor::daemon {

/** @brief Tells requests that a page of this site made, or a person, from those that another site
 *  had a browser make. Pure.
 *
 *  Who owns a name can let it lead to this machine (DNS rebinding) and so make a browser take his
 *  page and this site for one. Numeric addresses cannot be so used, other names can: only those
 *  that the operator listed are served.
 */
class request_guard {
public:
    /** @brief Guards a listener that is also reached by these names. */
    request_guard(listen_address const& at, std::vector<std::string> names);

    /** @brief Whether the request was sent to this site: its `Host` is a numeric address, one of
     *  the names, or `localhost` where the listener is on loopback. */
    bool is_for_this_site(admin_request const& request) const;
    /** @brief Whether another site's page had a browser send it in the background
     *  (`Sec-Fetch-Site`). Whoever follows a link is not meant, nor who is no browser. */
    static bool is_from_another_site(admin_request const& request);
    /** @brief Whether a page of this very site sent it: its `Origin` is this host. Browsers tell
     *  the origin of every POST. */
    static bool is_from_own_page(admin_request const& request);

private:
    std::vector<std::string> names_;
};

}  // namespace conductor::daemon
