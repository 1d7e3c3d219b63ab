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

    void on(runtime_event const& event) override;

private:
    void on_event(events::polled const& event);
    void on_event(events::poll_failed const& event);
    void on_event(events::started const& event);
    void on_event(events::finished const& event);
    void on_event(events::updated const& event);
    void on_event(events::update_failed const& event);
    void on_event(events::update_lost const& event);
    void on_event(events::given_back const& event);
    void on_event(events::recovery_unavailable const& event);
    void on_event(events::loop_held const& event);
    void on_event(events::draining const& event);
    void on_event(auto const&) {}

    void say_failing(std::string_view message, std::string_view name, failure const& error);
    void say_recovered(std::string_view name);

    logger& out_;
    std::shared_ptr<clock> clock_;
    std::string server_;
    outage outage_;
};

}  // namespace conductor::daemon
