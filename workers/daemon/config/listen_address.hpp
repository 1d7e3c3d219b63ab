#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace conductor::daemon {

/** @brief Where a listener of the daemon listens; by default the health endpoints'. */
struct listen_address {
    /** @brief A numeric address, IPv4 or IPv6. */
    std::string host = "127.0.0.1";
    /** @brief The port; zero lets the system choose. */
    std::uint16_t port = 9991;

    /** @brief `host:port`, an IPv6 address in brackets. */
    std::string text() const;
    /** @brief Whether it is reached from its own machine alone. */
    bool is_loopback() const;

    friend bool operator==(listen_address const&, listen_address const&) = default;
};

/** @brief Reads `ADDRESS:PORT`, an IPv6 address in brackets; none for anything else. */
std::optional<listen_address> parse_listen_address(std::string_view text);

}  // namespace conductor::daemon
