#pragma once

#include <conductor/error.hpp>

#include <string>
#include <string_view>

namespace conductor::daemon {

/** @brief Writes a file in one step: whoever reads it sees the old text or the new one, and after
 *  an error the old one stays.
 *
 *  The text goes into a new file beside it, which then takes its name.
 *  @param path  A file, there or not; nothing else that exists is replaced.
 *  @par Errors  The system's; `detail` is the path. */
result<void> replace_file(std::string const& path, std::string_view text);

}  // namespace conductor::daemon
