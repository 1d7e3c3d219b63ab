#pragma once

#include <conductor/environment.hpp>

#include <chrono>

namespace conductor::runtime_detail {

/** @brief When a case begins: not at the clock's zero, which a rule could take for "never". */
inline time_point const start{std::chrono::hours{1}};

}  // namespace conductor::runtime_detail
