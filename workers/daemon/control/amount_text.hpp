#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace conductor::daemon {

/** @brief A length of time for people, in its two largest units: `under 1 s`, `12 s`,
 *  `3 min 5 s`, `4 h 0 min`, `2 d 7 h`. */
std::string rough_duration(std::chrono::milliseconds length);

/** @brief A size for people: `0 B`, `512 B`, `3.4 KiB`, `256.0 MiB`. */
std::string size_text(std::size_t bytes);

}  // namespace conductor::daemon
