#pragma once

#include <daemon/control/status_facts.hpp>
#include <daemon/control/task_rate.hpp>
#include <daemon/health/health_state.hpp>

#include <conductor/environment.hpp>
#include <conductor/observer.hpp>
#include <conductor/outbox.hpp>
#include <conductor/rest_client.hpp>
#include <conductor/runtime_status.hpp>

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::daemon {

/** @brief Keeps what the runtime tells for whoever looks at the daemon. Pure but for the clock.
 *
 *  It keeps counts and the last failed tasks: of a task its names and the reason that the server
 *  was told, and neither input nor output.
 *  @par Threads  The runtime's.
 */
class status_board final : public runtime_observer {
public:
    /** @brief How many failed tasks it keeps. */
    static constexpr std::size_t failed_tasks_max = 50;

    /** @brief What never changes. */
    struct identity {
        /** @brief The daemon's version. */
        std::string version{};
        /** @brief The server's addresses, for people. */
        std::string server{};
        /** @brief When results go to the outbox. */
        outbox_mode outbox = outbox_mode::off;
        /** @brief The task types; what is told of others is not kept. */
        std::vector<std::string> types{};
    };
    /** @brief What others know at the moment of looking. */
    struct moment {
        /** @brief The runtime. */
        runtime_status runtime{};
        /** @brief Whether the daemon can work. */
        health_report ready{};
        /** @brief The access token. */
        token_state token = token_state::unknown;
        /** @brief Whether the stop has begun. */
        bool draining = false;
    };

    /** @brief Begins to count. */
    status_board(identity own, std::shared_ptr<clock> clock);

    void on(runtime_event const& event) override;
    /** @brief What is known by now. */
    status_facts facts(moment const& now) const;

private:
    void on_event(events::polled const& event);
    void on_event(events::poll_failed const& event);
    void on_event(events::finished const& event);
    void on_event(events::update_lost const& event);
    void on_event(events::stored const& event);
    void on_event(events::lease_extended const& event);
    void on_event(events::lease_failed const& event);
    void on_event(auto const&) {}

    // Counts of one task type, in the form in which they are shown.
    struct counted {
        task_type_facts facts;
        task_rate ended;
    };

    counted* find(std::string_view type);
    std::uint64_t& count(std::string_view type, std::uint64_t task_type_facts::*which);
    void keep_failed(events::finished const& event);
    task_type_facts facts_of(worker_status const& worker) const;
    outbox_facts facts_of(outbox_level const& level) const;

    identity own_;
    std::shared_ptr<clock> clock_;
    time_point began_;
    std::map<std::string, counted, std::less<>> types_;
    std::deque<failed_task_facts> failed_;
    std::uint64_t stored_ = 0;
    std::uint64_t unknown_ = 0;
};

}  // namespace conductor::daemon
