#pragma once

#include "chance.hpp"
#include "facts.hpp"

#include <conductor/environment.hpp>
#include <conductor/task_context.hpp>
#include <conductor/task_result.hpp>
#include <conductor/worker.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

namespace conductor::simulation {

/** @brief What a handler does with one claim of one task. */
struct behaviour {
    enum class end { completes, fails, fails_for_good, throws, calls_back };

    std::chrono::milliseconds duration{0};
    end ending = end::completes;
    std::chrono::seconds delay{0};
    /** @brief It returns early when it is asked to. */
    bool heeds_stop = true;
    int log_lines = 0;
};

/** @brief The same for the same seed and claim, whoever runs it. */
behaviour behaviour_of(std::uint64_t seed, task const& claimed);

/** @brief What the handlers of one process know. */
struct handler_ground {
    std::uint64_t seed;
    std::shared_ptr<life> of;
    facts* noted;
    std::shared_ptr<clock> time;
};

/** @brief A coroutine handler that waits on the virtual clock. */
handler coroutine_handler_of(handler_ground ground);
/** @brief A blocking handler; how long it takes is its executor's business. */
handler blocking_handler_of(handler_ground ground);

/** @brief Handler threads that are none: a job begins at once if a thread is free, and all that it
 *  does it does at its end. */
class virtual_threads final : public handler_executor {
public:
    virtual_threads(timeline& time, chance luck, facts& noted)
        : time_(&time), luck_(luck), facts_(&noted) {}

    void reserve(std::size_t threads) override { reserved_ += threads; }
    void post(std::function<void()> job) override;
    /** @brief The process is gone, and its threads with it. */
    void crash() { *is_alive_ = false; }

private:
    timeline* time_;
    chance luck_;
    facts* facts_;
    std::size_t reserved_ = 0;
    std::shared_ptr<std::size_t> busy_ = std::make_shared<std::size_t>(0);
    std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
};

}  // namespace conductor::simulation
