#pragma once

#include <conductor/error.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::workers {

/** @brief Who a URL talks to. */
struct origin {
    /** @brief `http` or `https`. */
    std::string scheme;
    /** @brief The host, lower case, an IPv6 address in its shortest form without brackets. */
    std::string host;
    /** @brief The port, also where the URL leaves it to the scheme. */
    std::uint16_t port = 0;

    friend bool operator==(origin const&, origin const&) = default;
};

/** @brief Reads whom an absolute URL talks to.
 *
 *  @par Errors  `errc::bad_url`: another scheme, no host, a user name or password (which hides the
 *               true host from a reader), a percent sign in the host, a port that is none.
 *               `detail` does not repeat the URL.
 */
result<origin> parse_origin(std::string_view url);

/** @brief The hosts, besides the configured base, that a task's input may name as its base. */
class allowed_hosts {
public:
    /** @brief Allows none. */
    allowed_hosts() = default;

    /** @brief Reads a configuration's list of `host` (the default port of the scheme) and
     *  `host:port`; an IPv6 address stands in brackets.
     *  @par Errors  `errc::bad_value`, naming the entry. */
    static result<allowed_hosts> parse(std::span<std::string const> entries);

    /** @brief Whether a URL of that origin may be used. */
    bool contains(origin const& asked) const;

private:
    struct entry {
        std::string host;
        std::optional<std::uint16_t> port;
    };

    static result<entry> parse_entry(std::string_view text);

    std::vector<entry> entries_;
};

}  // namespace conductor::workers
