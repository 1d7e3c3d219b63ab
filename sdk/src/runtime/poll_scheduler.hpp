#pragma once

#include "runtime/circuit.hpp"
#include "runtime/poll_policy.hpp"

#include <conductor/observer.hpp>
#include <conductor/worker.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace conductor::runtime_detail {

/** @brief Limits of all polling together. */
struct schedule_limits {
    /** @brief Tasks in flight and asked for, over all types; zero for no limit. */
    std::size_t in_flight_max = 0;
    /** @brief A poll that has not ended after this counts as hung. */
    std::chrono::milliseconds poll_time_max{std::chrono::minutes{3}};
    /** @brief Failures in a row that open the circuit. */
    unsigned circuit_failures = 5;
    /** @brief How long the circuit stays open. */
    backoff_options circuit_waits{std::chrono::milliseconds{500}, std::chrono::seconds{10}};
};

/** @brief Decides which task type is polled next, for how many tasks, and when.
 *
 *  Each type has its own pace (`poll_policy`); this is what they share: never more claims than free
 *  slots, nor than `in_flight_max`, which is dealt out by weight; the circuit; and the number of
 *  requests, since with many types an idle one is polled less often, and longer, and where many
 *  have tasks none looks for the next one more often than it must.
 *
 *  Pure. A type is named by the number that `add` gave it.
 */
class poll_scheduler {
public:
    /** @brief Nothing to poll yet. */
    poll_scheduler(schedule_limits limits, backoff_options failures);

    /** @brief Adds a type. */
    std::size_t add(worker_options const& options);

    /** @brief A poll to send. */
    struct order {
        /** @brief The type. */
        std::size_t worker = 0;
        /** @brief What to ask for, as the type's own pace has it. */
        poll_step step{};
        /** @brief How long the server may hold the poll, as all types together have it. */
        std::chrono::milliseconds wait{0};
        /** @brief Names the poll when it ends: an answer after it was given up is told apart. */
        std::size_t number = 0;
        /** @brief When it was sent. */
        time_point sent{};
    };
    /** @brief The next poll to send, if one is due; it is under way from then on. */
    std::optional<order> next(time_point now);
    /** @brief When to ask again if nothing changes before. */
    time_point wake_at() const;

    /** @brief A poll brought tasks. True when this closed the circuit. */
    bool answered(order const& poll, std::size_t got, time_point now, double chance);
    /** @brief A poll was not sent after all; the type's next one keeps its distance. */
    void withdrawn(order const& poll, time_point now, double chance);
    /** @brief What follows a failed poll. */
    struct failed_poll {
        /** @brief How long the type's next poll waits. */
        std::chrono::milliseconds delay{0};
        /** @brief For how long all types wait; none when this failure did not open the circuit. */
        std::optional<std::chrono::milliseconds> circuit_delay{};
    };
    /** @brief A poll failed. */
    failed_poll failed(order const& poll, failure const& error, time_point now, double chance);
    /** @brief Gives up polls that have hung for too long; gives their types, and since when. */
    std::vector<std::pair<std::size_t, time_point>> give_up_hung(time_point now);

    /** @brief A task of a type takes a slot. */
    void taken(std::size_t worker, time_point now);
    /** @brief A slot of a type is free again. */
    void freed(std::size_t worker, time_point now);
    /** @brief A type has so many slots from now on. */
    void set_slots(std::size_t worker, std::size_t slots, time_point now);
    /** @brief A type is held back for a reason, or no longer. */
    void hold(std::size_t worker, poll_hold reason, bool held, time_point now);
    /** @brief All types are held back since the outbox is full, or no longer. */
    void hold_all(bool held) { outbox_full_ = held; }
    /** @brief A type rests: it is not polled before then. */
    void rest(std::size_t worker, time_point until);

    /** @brief Slots of a type. */
    std::size_t slots(std::size_t worker) const { return workers_[worker].slots; }
    /** @brief Slots of a type that a task could take. */
    std::size_t free(std::size_t worker) const;
    /** @brief More tasks of the type are waiting, and it would be granted the slot: a report may
     *  bring the next task. */
    bool may_chain(std::size_t worker, time_point now) const;
    /** @brief Whether a poll of the type is under way. */
    bool is_polling(std::size_t worker) const { return workers_[worker].polling; }
    /** @brief A report that asked for a task brought one, or none. */
    void chained(std::size_t worker, bool brought, time_point now);
    /** @brief Why a type is not polled at present; none when it is. */
    std::optional<poll_hold> held(std::size_t worker, time_point now) const;
    /** @brief Whether the circuit is open. */
    bool circuit_open() const { return circuit_.is_open(); }
    /** @brief A call of another kind was answered. True when this closed the circuit. */
    bool server_answered() { return circuit_.answered(); }

private:
    struct worker_entry {
        poll_policy policy;
        std::size_t slots;
        double weight;
        std::size_t used = 0;
        std::size_t asked = 0;
        bool polling = false;
        std::size_t poll_number = 0;
        time_point poll_sent{};
        // Tasks got for each part of the weight: who has got the least is served first.
        double share = 0;
        std::set<poll_hold> holds{};
        time_point rest_until{};
        bool backlog = false;
        // Where it stands in `ready_` or `waiting_`.
        bool is_ready = false;
        time_point waits_until = time_point::max();
    };

    void place(std::size_t worker, time_point now);
    void displace(std::size_t worker);
    void charge(std::size_t worker, std::size_t tasks);
    void wake_due(time_point now);
    std::size_t room() const;
    std::int64_t brisk_types(std::size_t worker, time_point now) const;
    std::chrono::milliseconds wait_for(poll_step const& step) const;
    bool end(order const& poll);

    schedule_limits limits_;
    backoff_options failures_;
    circuit circuit_;
    bool probing_ = false;
    bool outbox_full_ = false;
    // Slots taken and tasks asked for, over all types.
    std::size_t in_use_ = 0;
    // Of the type that was polled last.
    double share_served_ = 0;
    std::vector<worker_entry> workers_;
    std::set<std::pair<double, std::size_t>> ready_;
    std::set<std::pair<time_point, std::size_t>> waiting_;
    std::set<std::pair<time_point, std::size_t>> under_way_;
};

}  // namespace conductor::runtime_detail
