#pragma once

#include <string_view>

namespace conductor::daemon {

/** @brief The daemon's version, e.g. `0.1.0`. */
std::string_view version() noexcept;

}  // namespace conductor::daemon
