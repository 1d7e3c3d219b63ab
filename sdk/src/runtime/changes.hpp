#pragma once

#include "runtime/core.hpp"

#include <cstddef>

namespace conductor::runtime_detail {

/** @brief Pauses a type, or goes on with it.
 *  @param paused  Zero or one. */
void set_paused(core& core, worker_state& worker, std::size_t paused);

/** @brief Gives a type another number of slots, and its handler the threads. */
void set_slots(core& core, worker_state& worker, std::size_t slots);

/** @brief What the runtime knows of itself. */
runtime_status status_of(core const& core);

}  // namespace conductor::runtime_detail
