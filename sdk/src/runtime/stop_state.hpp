#pragma once

#include <conductor/environment.hpp>

#include <vector>

namespace conductor::runtime_detail {

/** @brief How far the stop has come. It only moves on. */
enum class stop_stage {
    /** @brief Polling. */
    running,
    /** @brief No new poll; what runs finishes. */
    draining,
    /** @brief The handlers' stop tokens have fired. */
    aborting,
};

/** @brief The stop request, remembered, and those who wait for something and must hear of it. */
class stop_state {
public:
    /** @brief The stage. */
    stop_stage stage() const { return stage_; }
    /** @brief Polling goes on. */
    bool running() const { return stage_ == stop_stage::running; }
    /** @brief Moves on to a stage and wakes all listeners; moving back does nothing. */
    void advance(stop_stage stage) {
        if (stage <= stage_) return;
        stage_ = stage;
        for (auto* const listener : listeners_) listener->wake();
    }
    /** @brief From now on woken at each stage; the timer must outlive the state's use. */
    void listen(timer& listener) { listeners_.push_back(&listener); }

private:
    stop_stage stage_ = stop_stage::running;
    std::vector<timer*> listeners_;
};

}  // namespace conductor::runtime_detail
