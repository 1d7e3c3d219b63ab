#pragma once

#include <conductor/events.hpp>

#include <variant>

namespace conductor {

/** @brief One of the things that a runtime tells. */
using runtime_event =
    std::variant<events::polled, events::poll_failed, events::poll_held, events::started,
                 events::finished, events::payload_external, events::updated, events::update_failed,
                 events::update_lost, events::stored, events::given_back, events::duplicate_dropped,
                 events::recovered, events::recovery_unavailable, events::lease_extended,
                 events::lease_failed, events::cancelled, events::braked, events::circuit_opened,
                 events::circuit_closed, events::poller_stalled, events::loop_held,
                 events::draining>;

/** @brief Told of what the runtime does: logs, metrics, traces and health hang on it.
 *
 *  @par Threads  The runtime's thread.
 */
class runtime_observer {
public:
    virtual ~runtime_observer() = default;
    /** @brief Something happened. Must not throw or block. */
    virtual void on(runtime_event const& event) = 0;
};

}  // namespace conductor
