#pragma once

#include <conductor/environment.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/error_code.hpp>

#include <memory>
#include <tuple>

namespace conductor::storage {

/** @brief Told on any thread, awaited by one coroutine of a loop, which may end before it is told.
 */
class finish_event {
public:
    /** @brief One that has not been told. */
    finish_event();

    /** @brief Ends the wait, also one that begins later.
     *  @par Threads  Any. */
    void tell();

    /** @brief Waits until it has been told.
     *  @return Whether it was; false when the wait was cancelled.
     *  @par Cancellation  Terminal. */
    awaitable<std::tuple<boost::system::error_code>> wait();

private:
    class state;

    std::shared_ptr<state> state_;
};

}  // namespace conductor::storage
