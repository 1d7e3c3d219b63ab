#pragma once

#include <conductor/http/client.hpp>

#include "http/target.hpp"

#include <boost/asio/ip/address.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace conductor::http {

/** @brief A proxy and what to tell it. */
struct proxy {
    /** @brief Host in lower case; an IPv6 address without brackets. */
    std::string host{};
    /** @brief Its port. */
    std::uint16_t port = 0;
    /** @brief Value of `Proxy-Authorization`; empty for none. */
    std::string authorization{};

    friend bool operator==(proxy const&, proxy const&) = default;
};

/** @brief Reads `http://[user:password@]host[:port]`; the scheme may be left out.
 *  @return None for empty text.
 *  @throws config_error naming `field`, never the text, which may hold a password. */
std::optional<proxy> parse_proxy(std::string_view text, std::string_view field);

/** @brief Hosts that are reached without a proxy. */
class direct_hosts {
public:
    /** @brief Reads a list as of `NO_PROXY`; entries that make no sense match nothing. */
    explicit direct_hosts(std::string_view list);

    /** @brief Whether the list names it. A name stands for its sub-domains too. */
    bool contains(origin const& where) const;

private:
    struct network {
        boost::asio::ip::address base;
        unsigned prefix_bits = 0;
    };
    struct entry {
        std::variant<std::string, network> host;
        std::optional<std::uint16_t> port;
    };

    void add(std::string_view text);
    static std::optional<network> parse_network(std::string_view text);

    std::vector<entry> entries_;
    bool all_ = false;
};

/** @brief Chooses the proxy for each origin. */
class proxy_selection {
public:
    /** @throws config_error naming the field that cannot be used. */
    explicit proxy_selection(proxy_options const& options);

    /** @brief The proxy on the way to an origin; null for the direct way. Loopback is direct. */
    proxy const* find(origin const& where) const;

private:
    std::optional<proxy> http_;
    std::optional<proxy> https_;
    direct_hosts direct_;
};

/** @brief Gives the value of an environment variable; null when it is not set. */
using variable_reader = std::function<char const*(char const* name)>;

/** @brief Reads the proxy variables; lower-case names win. */
proxy_options read_proxy_variables(variable_reader const& read);

}  // namespace conductor::http
