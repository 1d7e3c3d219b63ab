#pragma once

#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <type_traits>

/** @brief The C++ SDK for Conductor. */
namespace conductor {

/** @brief An error code of any category: ours, an HTTP status, Asio, OpenSSL, the system. */
using error_code = boost::system::error_code;

/** @brief What can go wrong besides what the operating system, TLS or an HTTP status reports. */
enum class errc {
    /** @brief The operation was stopped before it ended. */
    stopped = 1,
    /** @brief The one deadline over all stages of a request passed. */
    timed_out,
    /** @brief A URL cannot be used: wrong syntax, scheme, or a host with forbidden characters. */
    bad_url,
    /** @brief A request header holds a character that would end the header line. */
    bad_header,
    /** @brief The peer's answer is not what its protocol or contract allows. */
    bad_response,
    /** @brief The peer closed the connection before its answer was complete. */
    connection_closed,
    /** @brief The answer's header is larger than `http::client_options::header_bytes_max`. */
    header_too_large,
    /** @brief The answer's body is larger than `http::client_options::body_bytes_max`. */
    body_too_large,
    /** @brief More redirects than `http::request::redirects_max`. */
    too_many_redirects,
    /** @brief The proxy refused the tunnel. */
    proxy_refused,
    /** @brief A JSON value does not have the shape that a type asks for. */
    bad_value,
    /** @brief Access was refused even with a fresh token. */
    unauthorized,
};

/** @brief Classes of errors, to compare an `error_code` with. */
enum class condition {
    /** @brief Passing: the same request may succeed later (network, time limit, 408, 429, 5xx). */
    transient = 1,
    /** @brief Credentials are missing, wrong or not sufficient (401, 403, `errc::unauthorized`). */
    unauthorized,
    /** @brief What was named does not exist (404, 410). */
    gone,
    /** @brief The server cannot do what was asked at all (404, 405, 501 on a known call). */
    unsupported,
    /** @brief The connection failed below HTTP: name, connect, TLS, reset, time limit. */
    network,
};

/** @brief The category of `errc`. */
boost::system::error_category const& error_category() noexcept;

/** @brief The category of HTTP statuses: the value is the status, the message reads
 *  "HTTP 404 Not Found". */
boost::system::error_category const& http_category() noexcept;

/** @brief The category of `condition`. */
boost::system::error_category const& condition_category() noexcept;

/** @brief Makes an error code of an `errc`. */
error_code make_error_code(errc code) noexcept;

/** @brief Makes an error condition of a `condition`. */
boost::system::error_condition make_error_condition(condition value) noexcept;

/** @brief Makes an error code of an HTTP status (400 and up). */
error_code make_http_error(int status) noexcept;

/** @brief An error with what is known about it.
 *
 *  `detail` is for people and never holds a secret.
 */
struct failure {
    /** @brief What went wrong. */
    error_code code;
    /** @brief Where and why, for people; may be empty. */
    std::string detail{};
    /** @brief The request may have reached the server: repeating it may do the thing twice. */
    bool may_have_arrived = false;
    /** @brief How long the server asked to wait (`Retry-After`). */
    std::optional<std::chrono::seconds> retry_after{};

    /** @brief The code's message and the detail in one line. */
    std::string message() const;

    friend bool operator==(failure const&, failure const&) = default;
};

/** @brief A value or a `failure`. Call `value()` only after a check. */
template <class T>
using result = boost::system::result<T, failure>;

/** @brief Throws `boost::system::system_error`; called by `result::value()` without a value. */
[[noreturn]] void throw_exception_from_error(failure const& error, boost::source_location const&);

}  // namespace conductor

/** @brief Lets `errc` convert to `error_code`. */
template <>
struct boost::system::is_error_code_enum<conductor::errc> : std::true_type {};

/** @brief Lets an `error_code` be compared with `condition`. */
template <>
struct boost::system::is_error_condition_enum<conductor::condition> : std::true_type {};
