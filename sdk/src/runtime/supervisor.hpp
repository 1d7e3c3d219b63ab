#pragma once

#include "runtime/core.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <memory>

namespace conductor::runtime_detail {

/** @brief Moves the stop on; the second stage asks all handlers to end. */
void advance(core& core, stop_stage stage);

/** @brief Carries out the stop: waits for the request, gives what runs its grace, fires the
 *  handlers' stop tokens, gives that its time, and ends the event loop. */
awaitable<void> supervise(std::shared_ptr<core> core, boost::asio::io_context& loop);

/** @brief Turns signals into the stop: the first drains, the second aborts. */
awaitable<void> watch_signals(std::shared_ptr<core> core,
                              std::shared_ptr<boost::asio::signal_set> signals);

}  // namespace conductor::runtime_detail
