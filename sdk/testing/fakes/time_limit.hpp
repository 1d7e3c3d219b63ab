#pragma once

#include <chrono>

namespace conductor::test {

/** @brief How long a test waits for something that should happen soon. Reaching it is a failure,
 *  so it is generous: sanitizers and a busy machine must not be able to reach it. */
inline constexpr std::chrono::seconds time_limit{20};

}  // namespace conductor::test
