#pragma once

#include <conductor/http/client.hpp>

#include <chrono>
#include <string>

namespace conductor {

/** @brief Where the server is and how to reach it. */
struct client_options {
    /** @brief Base address of the API. Trailing slashes are dropped. */
    std::string server_url = "http://localhost:8080/api";
    /** @brief Orkes access key; empty for a server without authentication. */
    std::string auth_key{};
    /** @brief Orkes access secret. */
    std::string auth_secret{};
    /** @brief Limit of one request beside what the server was asked to wait. */
    std::chrono::milliseconds request_timeout{std::chrono::seconds{30}};
    /** @brief TLS, proxy, pool and limits. A long poll holds a connection while it waits. */
    http::client_options http{.connections_per_origin_max = 1024};

    /** @brief From the names that the official SDKs read: `CONDUCTOR_SERVER_URL`,
     *  `CONDUCTOR_AUTH_KEY`, `CONDUCTOR_AUTH_SECRET`, `CONDUCTOR_TLS_CA_PATH`,
     *  `CONDUCTOR_TLS_CERT_PATH`, `CONDUCTOR_TLS_KEY_PATH`, `CONDUCTOR_REQUEST_TIMEOUT_MS`,
     *  `CONDUCTOR_PROXY_URL` (before `HTTPS_PROXY`, `HTTP_PROXY`), `NO_PROXY`.
     *
     *  @throws config_error naming the variable, when a value cannot be used. */
    static client_options from_environment();
};

}  // namespace conductor
