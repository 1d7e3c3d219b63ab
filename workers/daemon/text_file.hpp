#pragma once

#include <conductor/error.hpp>

#include <cstddef>
#include <string>

namespace conductor::daemon {

/** @brief The largest file that the daemon reads. */
inline constexpr std::size_t file_bytes_max = 16 * 1024 * 1024;

/** @brief Reads a whole file.
 *  @param path  `-` for standard input.
 *  @par Errors  The system's; `errc::body_too_large` beyond `file_bytes_max`. `detail` is the path.
 */
result<std::string> read_text_file(std::string const& path);

}  // namespace conductor::daemon
