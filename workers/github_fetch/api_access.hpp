#pragma once

#include <contract/allowed_hosts.hpp>
#include <contract/outcome.hpp>
#include <contract/secret_access.hpp>
#include <github_fetch/github_fetch.hpp>

#include <conductor/http/request.hpp>

#include <optional>
#include <string>
#include <string_view>

/** @brief The parts of `github_fetch`. */
namespace conductor::workers::github {

/** @brief Whom `github_fetch` may talk to, and with which tokens. */
class api_access {
public:
    /** @brief Reads the configuration.
     *  @throws config_error naming the setting that cannot be used. */
    explicit api_access(github_fetch_options options);

    /** @brief The address that an input asks for, without a slash at its end.
     *  @param asked  Empty asks for the configured one.
     *  @par Errors   `errc::bad_value` for what is no plain http address, and for a host that the
     *                configuration does not allow. */
    result<std::string> base(std::string_view asked) const;

    /** @brief Where a redirect leads.
     *  @param from  The URL that was asked for.
     *  @return The absolute URL; none when the answer is no redirect.
     *  @par Errors  GH_REDIRECT for a place that is none, a host that is not allowed, and for
     *               leaving https. */
    outcome<std::optional<std::string>> redirect(http::response const& answer,
                                                 std::string_view from) const;

    /** @brief Whether a request to a URL may lead to this machine: to the configured address
     *  always; to an allowed host only when the configuration's entry says so itself, since its
     * name may have come from an input, and the answer of a name service from anybody. */
    http::local_addresses local_addresses_of(std::string_view url) const;

    /** @brief The tokens that inputs may name. */
    secret_access const& secrets() const { return secrets_; }

private:
    bool allows(origin const& asked) const;

    std::string base_;
    origin origin_;
    allowed_hosts others_;
    secret_access secrets_;
};

}  // namespace conductor::workers::github
