#pragma once

#include <conductor/observer.hpp>

#include <memory>
#include <vector>

namespace conductor::daemon {

/** @brief Passes every event on to several observers, in the order in which they were added. */
class observers final : public runtime_observer {
public:
    /** @brief Adds one; before the runtime runs. */
    void add(std::shared_ptr<runtime_observer> observer) { all_.push_back(std::move(observer)); }

    void polled(std::string_view type, std::size_t tasks, std::chrono::nanoseconds took) override;
    void poll_failed(std::string_view type, failure const& error,
                     std::chrono::milliseconds delay) override;
    void started(task const& task) override;
    void finished(task const& task, task_result const& outcome,
                  std::chrono::nanoseconds took) override;
    void updated(task_update const& update, std::chrono::nanoseconds took) override;
    void update_failed(task_update const& update, failure const& error,
                       std::chrono::milliseconds delay) override;
    void update_lost(task_update const& update, failure const& error) override;
    void given_back(task const& task) override;
    void loop_held(std::string_view type, std::chrono::nanoseconds held) override;
    void draining(std::size_t running) override;

private:
    std::vector<std::shared_ptr<runtime_observer>> all_;
};

}  // namespace conductor::daemon
