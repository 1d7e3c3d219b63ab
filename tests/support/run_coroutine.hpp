#pragma once

#include "fakes/time_limit.hpp"

#include <conductor/environment.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace conductor::test {
namespace detail {

/** @brief How a coroutine ended. */
struct coroutine_end {
    /** @brief Whether it has. */
    bool reached = false;
    /** @brief What it threw. */
    std::exception_ptr thrown{};
};

/** @brief Notes the end of a coroutine. */
struct note_end {
    /** @brief Where. */
    coroutine_end* end;
    /** @brief Called at the end. */
    void operator()(std::exception_ptr thrown) const { *end = {true, std::move(thrown)}; }
};

template <class T>
awaitable<void> keep_value(awaitable<T> running, std::optional<T>& value) {
    value.emplace(co_await std::move(running));
}

}  // namespace detail

/** @brief Runs a coroutine on a loop of the test's and waits for its end.
 *  @throws What it throws, and `std::runtime_error` when it did not end within the time limit of
 *  tests or has nothing left to wait for: uncaught, both fail the test. */
inline void run_coroutine(boost::asio::io_context& loop, awaitable<void> coroutine) {
    detail::coroutine_end end;
    loop.restart();
    boost::asio::co_spawn(loop, std::move(coroutine), detail::note_end{&end});
    auto const deadline = std::chrono::steady_clock::now() + time_limit;
    while (!end.reached && loop.run_one_until(deadline) > 0) {
    }
    if (!end.reached) throw std::runtime_error{"the coroutine did not end"};
    if (end.thrown) std::rethrow_exception(end.thrown);
}

/** @brief Runs a coroutine as the other `run_coroutine` does, and gives what it returns. */
template <class T>
T run_coroutine(boost::asio::io_context& loop, awaitable<T> coroutine) {
    std::optional<T> value;
    run_coroutine(loop, detail::keep_value(std::move(coroutine), value));
    return *std::move(value);
}

}  // namespace conductor::test
