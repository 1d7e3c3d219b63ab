#pragma once

#include <daemon/log/logger.hpp>
#include <daemon/log/outage.hpp>

#include <conductor/observer.hpp>

#include <memory>
#include <string>

namespace conductor::daemon {

/** @brief Turns what the runtime does into lines of the log.
 *
 *  One line at info for each task that ended well, at warn for each that failed; a server that
 *  cannot be reached once a minute, whatever the number of task types. Inputs, outputs and logs of
 *  tasks never appear.
 */
class event_log final : public runtime_observer {
public:
    /** @brief Writes to `out`; `server` names the server in messages. */
    event_log(logger& out, std::shared_ptr<clock> clock, std::string server);

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
    void say_failing(std::string_view message, std::string_view name, failure const& error);
    void say_recovered(std::string_view name);

    logger& out_;
    std::shared_ptr<clock> clock_;
    std::string server_;
    outage outage_;
};

}  // namespace conductor::daemon
