#pragma once

#include <conductor/observer.hpp>
#include <conductor/outbox.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace conductor {

/** @brief What a runtime knows of one task type in one domain. */
struct worker_status {
    /** @brief The task type. */
    std::string type{};
    /** @brief The domain, empty for none. */
    std::string domain{};
    /** @brief Tasks that may be in flight at once. */
    std::size_t slots = 0;
    /** @brief Tasks in flight: claimed, and not reported or in the outbox yet. */
    std::size_t in_flight = 0;
    /** @brief Since the last poll began; none before the first. */
    std::optional<std::chrono::nanoseconds> poll_attempt_age{};
    /** @brief Since a poll last succeeded; none before the first. */
    std::optional<std::chrono::nanoseconds> poll_success_age{};
    /** @brief The longest time since a task in flight was claimed or its lease extended. */
    std::optional<std::chrono::nanoseconds> lease_age{};
    /** @brief Why it is not polled at present; none when it is. */
    std::optional<poll_hold> held{};
};

/** @brief What a runtime knows of itself. */
struct runtime_status {
    /** @brief The id that the server notes in tasks of ours. */
    std::string worker_id{};
    /** @brief All task types, in the order in which they were added. */
    std::vector<worker_status> workers{};
    /** @brief The outbox; empty without one. */
    outbox_level outbox{};
    /** @brief The circuit to the server is open. */
    bool circuit_open = false;
};

}  // namespace conductor
