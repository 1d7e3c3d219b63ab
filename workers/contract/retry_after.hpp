#pragma once

#include <contract/instant.hpp>

#include <conductor/http/headers.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace conductor::workers {

/** @brief The longest wait that the functions below give back: what asks for more gets this. */
inline constexpr std::chrono::seconds retry_after_max{std::chrono::days{30}};

/** @brief Reads an HTTP date in any of its three forms (`Sun, 06 Nov 1994 08:49:37 GMT`,
 *  `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`).
 *  @par Source  RFC 9110, 5.6.7. */
std::optional<instant> parse_http_date(std::string_view text);

/** @brief Reads a `Retry-After`: seconds, or an HTTP date.
 *
 *  @return The wait from `now`, rounded up, between zero and `retry_after_max`; none when the text
 *          is neither.
 *  @par Source  RFC 9110, 10.2.3.
 */
std::optional<std::chrono::seconds> parse_retry_after(std::string_view text, instant now);

/** @brief The wait that an answer's `Retry-After` asks for. */
std::optional<std::chrono::seconds> retry_after(http::headers const& headers, instant now);

/** @brief The wait until `X-RateLimit-Reset` (seconds since 1970) when `X-RateLimit-Remaining` is
 *  zero, with one second for clocks that differ; none while requests remain. */
std::optional<std::chrono::seconds> quota_reset(http::headers const& headers, instant now);

/** @brief A header's value as a whole number of zero and up; none when absent or anything else. */
std::optional<std::int64_t> number_header(http::headers const& headers, std::string_view name);

}  // namespace conductor::workers
