#pragma once

#include <daemon/health/health_state.hpp>

#include <conductor/runtime.hpp>

#include <cstddef>
#include <string>

namespace conductor::daemon {

/** @brief Changes how task types are served while they are, and tells health of it.
 *  @par Threads  The runtime's.
 *  @par Lifetime Ends before what it refers to.
 */
class worker_switch {
public:
    /** @brief Switches the types of a runtime; `health` knows which there are. */
    worker_switch(runtime& serving, health_state& health) : serving_(serving), health_(health) {}

    /** @brief A type has so many slots from now on; false when there is none of that name. */
    bool set_slots(std::string const& type, std::size_t slots);
    /** @brief Polls a type no more, or again; false when there is none of that name. */
    bool set_paused(std::string const& type, bool paused);

private:
    runtime& serving_;
    health_state& health_;
};

}  // namespace conductor::daemon
