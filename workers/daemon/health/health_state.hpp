#pragma once

#include <conductor/environment.hpp>
#include <conductor/observer.hpp>
#include <conductor/rest_client.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace conductor::daemon {

/** @brief When a type counts as healthy. */
struct health_limits {
    /** @brief Longest time since a poll that succeeded, unless all slots are busy. */
    std::chrono::seconds recent{60};
    /** @brief Longest time that one attempt may take until it ends in success or error: a call
     *  of the server, with a new access token where one is needed. */
    std::chrono::milliseconds attempt{std::chrono::seconds{180}};
};

/** @brief An answer about health. */
struct health_report {
    /** @brief Whether all is well. */
    bool good = false;
    /** @brief What is not, for people; empty when all is well. */
    std::vector<std::string> reasons{};
};

/** @brief Knows from the runtime's events whether the daemon lives and whether it can work.
 *
 *  Live: attempts (polls, deliveries of results) come to an end, in success or error. A server
 *  that is down leaves the daemon live. Ready: the last poll of every type succeeded lately, and
 *  the access token is good. Pure but for the clock.
 */
class health_state final : public runtime_observer {
public:
    /** @brief Watches task types that are served with so many slots each.
     *  @param token  Gives the state of the access token. */
    health_state(std::map<std::string, std::size_t> slots, std::shared_ptr<clock> clock,
                 std::function<token_state()> token, health_limits limits = {});

    /** @brief A type has so many slots from now on, and is polled or paused. */
    void serve(std::string const& type, std::size_t slots, bool paused);

    /** @brief Asks from now on whether the outbox is full: then nothing is polled, on purpose. */
    void ask_outbox(std::function<bool()> is_full) { outbox_is_full_ = std::move(is_full); }

    /** @brief Whether attempts end. */
    health_report live() const;
    /** @brief Whether the daemon can work. */
    health_report ready() const;
    /** @brief Whether polling has been tried: a poll has ended, in success or error, or there is
     *  nothing to poll. */
    bool attempted() const;
    /** @brief Tasks that have been begun, and not delivered or put into the outbox yet. */
    std::size_t in_flight() const;
    /** @brief Whether the stop has begun. */
    bool draining() const { return draining_; }

    /** @brief What is known of one task type. */
    struct type_state {
        /** @brief Its slots. */
        std::size_t slots = 0;
        /** @brief Whether nobody polls, because somebody wants it so. */
        bool paused = false;
        /** @brief Slots in use. */
        std::size_t busy = 0;
        /** @brief When a poll last succeeded. */
        std::optional<time_point> succeeded{};
        /** @brief Why the last poll failed; none when it succeeded. */
        std::optional<std::string> error{};
        /** @brief By when the next poll must have ended. */
        time_point due{};
    };
    /** @brief All types. */
    std::map<std::string, type_state, std::less<>> const& types() const { return types_; }
    /** @brief State of the access token. */
    token_state token() const { return token_(); }
    /** @brief How long ago something was. */
    std::chrono::nanoseconds age(time_point moment) const { return clock_->now() - moment; }

    void on(runtime_event const& event) override;

private:
    void on_event(events::polled const& event);
    void on_event(events::poll_failed const& event);
    void on_event(events::started const& event);
    void on_event(events::stored const& event);
    void on_event(events::updated const& event);
    void on_event(events::update_failed const& event);
    void on_event(events::update_lost const& event);
    void on_event(events::braked const& event);
    void on_event(events::circuit_opened const& event);
    void on_event(events::circuit_closed const& event);
    void on_event(events::draining const& event);
    void on_event(auto const&) {}

    // A task in the hands of the runtime.
    struct running_task {
        std::string type;
        // By when the next attempt to deliver its result must have ended. None while it runs, and
        // until the first attempt: the lines of a long log go ahead, however many there are.
        std::optional<time_point> due;
        // Until its result is delivered, or in the outbox.
        bool holds_slot = true;
    };

    void free_slot(running_task& task);
    void release(std::string const& task_id);
    void expect_no_poll_before(time_point moment);
    bool outbox_is_full() const { return outbox_is_full_ && outbox_is_full_(); }

    std::map<std::string, type_state, std::less<>> types_;
    std::map<std::string, running_task, std::less<>> running_;
    std::shared_ptr<clock> clock_;
    std::function<token_state()> token_;
    std::function<bool()> outbox_is_full_;
    health_limits limits_;
    bool draining_ = false;
};

}  // namespace conductor::daemon
