#pragma once

#include <conductor/error.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

/** @brief The task workers of the community pipeline, and what they share. */
namespace conductor::workers {

/** @brief A point of UTC time, to the millisecond. */
using instant = std::chrono::sys_time<std::chrono::milliseconds>;

/** @brief Reads an ISO 8601 instant: `2024-10-01T23:37:37Z`, `…:37.123456+02:00`.
 *
 *  The zone is required (`Z`, `±hh:mm`, `±hhmm` or `±hh`): a time without one names no instant.
 *  Digits of the fraction beyond the millisecond are cut off, never rounded up.
 *  @par Errors  `errc::bad_value`; `detail` says what was expected and does not repeat the text.
 */
result<instant> parse_instant(std::string_view text);

/** @brief The instant that lies so many milliseconds after 1970 began.
 *  @par Errors  `errc::bad_value` outside the years 0 to 9999, which is what ISO 8601 can write. */
result<instant> instant_from_milliseconds(std::int64_t milliseconds);

/** @brief Writes `2024-10-01T23:37:37Z`, with `.mmm` only when it is not zero. */
std::string format_instant(instant at);

}  // namespace conductor::workers
