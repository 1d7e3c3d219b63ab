#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace conductor::api {

/** @brief How long a `Retry-After` asks to wait; none when it cannot be read.
 *
 *  It is a number of seconds or a date in one of the three forms of HTTP; a date that has passed
 *  asks for no wait. More than a year becomes a year.
 *  @param now  The wall clock, which a date is compared with.
 *  @par Source  RFC 9110, 5.6.7 and 10.2.3. */
std::optional<std::chrono::seconds> parse_retry_after(std::string_view text,
                                                      std::chrono::system_clock::time_point now);

}  // namespace conductor::api
