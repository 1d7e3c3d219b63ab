#pragma once

namespace conductor::daemon {

/** @brief Keeps this process's memory, which holds keys and tokens, to itself: no core is written
 *  when it crashes, and no process of the same user can attach to it or read its memory and its
 *  environment under `/proc`. Whoever is root still can. */
void keep_memory_private() noexcept;

}  // namespace conductor::daemon
