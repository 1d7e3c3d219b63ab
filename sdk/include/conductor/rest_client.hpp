#pragma once

#include <conductor/client_options.hpp>
#include <conductor/environment.hpp>
#include <conductor/error.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace conductor {

/** @brief One call of the server's API. */
struct rest_call {
    /** @brief The method, upper case. */
    std::string method = "GET";
    /** @brief Path below the server's base; each `{name}` is filled from `arguments`, encoded.
     *
     *  Unfilled it stands in metrics and error texts, so it names no task and no workflow. */
    std::string path;
    /** @brief What the path's `{name}` stand for, in order. */
    std::vector<std::string> arguments{};
    /** @brief Query parameters, encoded by the client. */
    std::vector<std::pair<std::string, std::string>> query{};
    /** @brief The body; none when empty. */
    std::string body{};
    /** @brief Type of the body. */
    std::string_view content_type = "application/json";
    /** @brief Added to `client_options::request_timeout`: what the server was asked to wait. */
    std::chrono::milliseconds extra_time{0};
    /** @brief See `http::request::repeatable`. */
    std::optional<bool> repeatable{};
};

/** @brief State of the access token. */
enum class token_state {
    /** @brief No key is configured, or the server has no authentication. */
    not_needed,
    /** @brief Not asked for yet. */
    unknown,
    /** @brief A token is at hand. */
    good,
    /** @brief The server gave none, or refused the last one. */
    failed,
};

/** @brief Calls the server's API: addresses, access token, errors. All clients stand on it, and
 *  it is there for calls that no client has.
 *
 *  Token: asked for once for all callers, renewed before its `exp`, and renewed with one replay
 *  when the server says `EXPIRED_TOKEN` or `INVALID_TOKEN`; a 404 on `/token` means that the
 *  server (the open-source one) has no authentication.
 *  @par Threads  The executor's one thread.
 *  @par Source   Conductor `ApplicationExceptionMapper` (errors), Orkes `POST /token`.
 */
class rest_client {
public:
    /** @brief Opens no connection yet.
     *  @throws config_error when a server address is not an http or https address, or only one of
     *  key and secret is set. */
    rest_client(boost::asio::any_io_executor executor, client_options options,
                environment environment = environment::system());
    rest_client(rest_client const&) = delete;
    rest_client& operator=(rest_client const&) = delete;
    ~rest_client();

    /** @brief Calls and gives the answer's body as text; empty for 204.
     *  @par Errors  `http::client::send`'s; an HTTP status ≥ 400 (`detail` holds the server's
     *  message); `errc::unauthorized` when no token can be had. */
    awaitable<result<std::string>> call(rest_call call);

    /** @brief Calls and parses the answer; null for an empty body.
     *  @par Errors  As `call`, and `errc::bad_response` when the answer is not JSON. */
    awaitable<result<boost::json::value>> call_json(rest_call call);

    /** @brief Calls an address that the server gave, as of external payload storage. The access
     *  token stays here. The address may be a secret, so no error names it.
     *  @param body  What to send; none when empty.
     *  @par Errors  `http::client::send`'s; an HTTP status ≥ 300. */
    awaitable<result<std::string>> call_elsewhere(std::string method, std::string url,
                                                  std::string body = {});

    /** @brief State of the access token. */
    token_state token() const;

private:
    class implementation;
    std::shared_ptr<implementation> implementation_;
};

}  // namespace conductor
