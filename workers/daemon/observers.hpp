#pragma once

#include <conductor/observer.hpp>

#include <memory>
#include <utility>
#include <vector>

namespace conductor::daemon {

/** @brief Passes every event on to several observers, in the order in which they were added. */
class observers final : public runtime_observer {
public:
    /** @brief Adds one; before the runtime runs. */
    void add(std::shared_ptr<runtime_observer> observer) { all_.push_back(std::move(observer)); }

    void on(runtime_event const& event) override {
        for (auto const& one : all_) one->on(event);
    }

private:
    std::vector<std::shared_ptr<runtime_observer>> all_;
};

}  // namespace conductor::daemon
