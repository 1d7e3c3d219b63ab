#pragma once

#include <cstring>
#include <string>

namespace conductor::base {

/** @brief Overwrites a text that held a secret, and empties it. Its memory stays, for the next.
 *
 *  The bytes behind its end too, where a longer text may have stood before it, are overwritten.
 */
inline void wipe(std::string& text) noexcept {
    text.resize(text.capacity());
    ::explicit_bzero(text.data(), text.size());
    text.clear();
}

}  // namespace conductor::base
