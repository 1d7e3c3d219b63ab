#pragma once

#include "runtime/core.hpp"

#include <chrono>
#include <memory>
#include <optional>

namespace conductor::runtime_detail {

/** @brief A result on its way. */
struct parcel {
    /** @brief Whose result. */
    std::shared_ptr<runtime_detail::flight> flight;
    /** @brief The result. */
    task_update update;
    /** @brief Its place in the outbox; none while it is in memory alone. */
    std::optional<outbox_key> key{};
    /** @brief An attempt failed here that may have reached the server all the same. */
    bool in_doubt = false;
};

/** @brief Waits. */
awaitable<void> pause(std::shared_ptr<core> core, std::chrono::milliseconds delay);

/** @brief The outbox works, or does not: then nothing is claimed. */
void note_outbox(core& core, bool failed);

/** @brief Puts a result into the outbox, unless it is there.
 *  @return Whether it is in the outbox; false without one, or when there is no room. */
awaitable<bool> store(std::shared_ptr<core> core, parcel& sent);

/** @brief The server has taken the result. */
awaitable<void> settle_as_delivered(std::shared_ptr<core> core, parcel& sent,
                                    std::chrono::nanoseconds took);

/** @brief The server will never take the result. */
awaitable<void> settle_as_lost(std::shared_ptr<core> core, parcel& sent, failure why);

/** @brief Settles a result that need not be sent any more, and ends the turn; false when it must be
 *  sent. */
awaitable<bool> is_settled(std::shared_ptr<core> core, parcel& sent);

/** @brief What to say of a result whose task is no longer ours. */
failure no_longer_ours(flight const& flight);

/** @brief Sends a result, unless its task is gone or not ours any more: that cancels the flight.
 *  @return The attempt's failure; none when the result was taken. */
awaitable<std::optional<failure>> read_and_send(std::shared_ptr<core> core, parcel const& sent);

/** @brief Goes on sending a result that is in the outbox, until it is settled. Each attempt first
 *  reads the task: it may have ended in the meantime, or be somebody else's. */
awaitable<void> send_again(std::shared_ptr<core> core, parcel sent,
                           std::chrono::milliseconds delay);

}  // namespace conductor::runtime_detail
