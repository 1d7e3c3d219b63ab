#pragma once

#include <conductor/http/client.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace conductor {

/** @brief One HTTP call to the server, as `client_options::on_call` is told of it. */
struct call_report {
    /** @brief The method, e.g. `POST`. */
    std::string_view method;
    /** @brief The path's template, e.g. `/tasks/poll/batch/{taskType}`: never a task's id. */
    std::string_view uri;
    /** @brief The answer's status; zero when none came. */
    int status = 0;
    /** @brief From the call to the end of its answer, a wait for a connection included. */
    std::chrono::nanoseconds took{0};
    /** @brief Size of the request's body. */
    std::size_t request_bytes = 0;
};

/** @brief Where the server is and how to reach it. */
struct client_options {
    /** @brief Base address of the API. Trailing slashes are dropped. */
    std::string server_url = "http://localhost:8080/api";
    /** @brief The addresses of one cluster, in the order to try them, in place of `server_url`;
     *  empty for that one alone.
     *
     *  One of them is called until a call fails below HTTP (name, connecting, TLS, a reset, a time
     *  limit); the calls after that go to the next one, in turn. The call itself is repeated there
     *  where it cannot have arrived or repeating it is harmless (`http::request::repeatable`),
     *  within its own time limit. */
    std::vector<std::string> server_urls{};
    /** @brief Orkes access key; empty for a server without authentication. */
    std::string auth_key{};
    /** @brief Orkes access secret. */
    std::string auth_secret{};
    /** @brief Gives a token in place of `auth_key` and `auth_secret`: one that somebody else keeps
     *  fresh in a file, or that a proxy before the server wants; none by default.
     *
     *  Asked before the first call, again a tenth of the token's life (at most five minutes) before
     *  its end, and when the token is refused, with a 401 or in Orkes's words. The end is the `exp`
     *  of a JWT; any other token is asked for every 45 minutes. It is not asked twice at once. When
     *  it fails, throws, or has not answered within `request_timeout` (it is cancelled then), calls
     *  fail with that, and it is asked again after waits that grow from a second to a minute.
     *  @par Threads  The executor's one thread: what blocks in it holds up every call. */
    std::function<awaitable<result<std::string>>()> token_provider{};
    /** @brief The header that carries the token as it is. `Authorization` takes a provider that
     *  gives `Bearer …` whole.
     *  @par Source  Orkes: `X-Authorization` without any scheme. */
    std::string token_header{"X-Authorization"};
    /** @brief Limit of one request beside what the server was asked to wait. */
    std::chrono::milliseconds request_timeout{std::chrono::seconds{30}};
    /** @brief TLS, proxy, pool and limits. A long poll holds a connection while it waits. */
    http::client_options http{.connections_per_origin_max = 1024};
    /** @brief Told of each HTTP call when it has ended, calls for a token and repeated calls
     *  included; none by default. It must not throw.
     *  @par Threads  The executor's one thread; what it points to is gone when it returns. */
    std::function<void(call_report const&)> on_call{};

    /** @brief From the names that the official SDKs read: `CONDUCTOR_SERVER_URL`,
     *  `CONDUCTOR_AUTH_KEY`, `CONDUCTOR_AUTH_SECRET`, `CONDUCTOR_TLS_CA_PATH`,
     *  `CONDUCTOR_TLS_CERT_PATH`, `CONDUCTOR_TLS_KEY_PATH`, `CONDUCTOR_REQUEST_TIMEOUT_MS`,
     *  `CONDUCTOR_PROXY_URL` (before `HTTPS_PROXY`, `HTTP_PROXY`), `NO_PROXY`.
     *
     *  @throws config_error naming the variable, when a value cannot be used. */
    static client_options from_environment();
};

}  // namespace conductor
