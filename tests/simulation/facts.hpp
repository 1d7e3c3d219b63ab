#pragma once

#include "server.hpp"
#include "timeline.hpp"

#include <conductor/observer.hpp>
#include <conductor/worker.hpp>

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace conductor::simulation {

/** @brief What became of a handler's run. */
enum class run_state {
    running,
    /** @brief Its result is in memory. */
    held,
    /** @brief Its result is in the outbox. */
    stored,
    delivered,
    /** @brief Its result was told as lost. */
    lost,
    /** @brief Its task went back without a result. */
    given_back,
    /** @brief Its process crashed, or was stopped hard, before its result was anywhere else. */
    gone,
};

struct life;

/** @brief A call under way that reports a result of a task. */
struct report {
    std::string task_id{};
    /** @brief The server has dealt with it; its answer may still be on its way. */
    bool has_arrived = false;
};

/** @brief One run of a handler. */
struct run {
    std::uint64_t number = 0;
    std::shared_ptr<life> of{};
    std::string task_id{};
    std::string type{};
    std::int64_t poll_count = 0;
    run_state state = run_state::running;
    /** @brief What its handler said; none while it runs. */
    std::optional<task_status> outcome{};
};

/** @brief One process, from its start to its end. */
struct life {
    std::string name{};
    /** @brief Its id to the server. */
    std::string worker_id{};
    bool is_alive = true;
    time_point began{};
    time_point ended{};
    /** @brief When a call of it last failed. */
    time_point last_trouble{};
    /** @brief Calls under way that go wrong, or take long. */
    int calls_in_trouble = 0;
    /** @brief When it last found that lost claims cannot be looked for. */
    std::optional<time_point> recovery_unavailable{};
    /** @brief A poll was given up that may yet bring tasks. */
    bool has_given_up_polls = false;
    /** @brief It keeps leases. */
    bool keeps_leases = true;
    bool is_draining = false;
    /** @brief Once it is asked to stop: from then on it ends whatever is under way. */
    time_point ends_at_last = time_point::max();
    /** @brief Tasks in flight over all types; zero for no limit. */
    std::size_t in_flight_max = 0;
    /** @brief Polls that it has sent at one moment, and that moment. */
    int polls_at_once = 0;
    time_point polled_at{};
    /** @brief Tasks that polls under way ask for. */
    std::size_t asked = 0;
    std::map<std::string, std::size_t, std::less<>> slots{};
    /** @brief The most slots that it ever had: what runs above a smaller number goes on. */
    std::map<std::string, std::size_t, std::less<>> slots_ever{};
    std::set<std::string, std::less<>> paused{};
    /** @brief Runs whose slots are taken, by type. */
    std::map<std::string, std::set<std::uint64_t>, std::less<>> holding{};
    /** @brief Runs that go on, by task. */
    std::map<std::string, std::uint64_t, std::less<>> running{};
    /** @brief Claims that it looked for and gave back. */
    std::set<std::pair<std::string, std::int64_t>> recovered{};
    /** @brief Calls under way that extend a task's lease. */
    std::map<std::string, int, std::less<>> beats{};
    /** @brief Calls under way that report results, but for those of which a later claim of the task
     *  has told that they have arrived. */
    std::vector<std::shared_ptr<report>> reports{};
};

/** @brief All that has happened, for the invariants to judge: they are asked after each event that
 *  concerns them, and the first that does not hold ends the simulation. */
class facts {
public:
    explicit facts(timeline& time) : time_(&time) {}

    /** @brief Whose tasks the facts are about. */
    void about(server const& observed) { server_ = &observed; }
    conductor::simulation::server const& observed() const { return *server_; }
    time_point now() const { return time_->now(); }

    // What a process does.
    std::shared_ptr<life> begin_life(std::string name);
    /** @brief A process ends.
     *  @param by_itself  After a drain. */
    void end_life(life& ended, bool by_itself);
    void on(std::shared_ptr<life> const& of, runtime_event const& told);
    void polls(life& of, poll_request const& asked);
    /** @return The report, until `is_answered` is told of it. */
    std::shared_ptr<report> reports(life& of, task_update const& told, bool asks_for_next);
    static void is_answered(life& of, std::shared_ptr<report> const& made);
    void extends(life& of, std::string const& task_id);
    void forgets(task_update const& stored);
    void trouble(life& of) const { of.last_trouble = now(); }
    /** @brief The number of the run of a task that goes on. */
    std::uint64_t run_under_way(life const& of, std::string_view task_id) const;

    // What the server does.
    void arrived(server_task& task, task_update const& told, arrival how);
    void taken(server_task const& task);
    void extended(server_task& task, task_record const& read, arrival how);
    void timed_out(server_task const& task);

    /** @brief Everything has come to rest. */
    void at_rest();

    std::vector<std::shared_ptr<life>> const& lives() const { return lives_; }
    std::deque<run> const& runs() const { return runs_; }

    /** @brief Keeps a line for each thing that happens from now on. */
    void keep_trace() { keeps_trace_ = true; }
    bool keeps_trace() const { return keeps_trace_; }
    /** @brief Says what happens to a task or a process. */
    void say(std::string_view subject, std::string_view what);
    std::deque<std::string> const& trace() const { return trace_; }

    /** @brief Notes what an invariant says. */
    void judge(std::string_view invariant, std::optional<std::string> const& complaint);
    /** @brief The first invariant that did not hold, and how. */
    std::optional<std::string> const& violation() const { return violation_; }
    /** @brief The same for the same seed. */
    std::uint64_t fingerprint() const { return fingerprint_; }

private:
    template <class Event>
    void note(std::shared_ptr<life> const&, Event const&) {}
    void note(std::shared_ptr<life> const& of, events::started const& event);
    void note(std::shared_ptr<life> const& of, events::finished const& event);
    void note(std::shared_ptr<life> const& of, events::updated const& event);
    void note(std::shared_ptr<life> const& of, events::update_lost const& event);
    void note(std::shared_ptr<life> const& of, events::stored const& event);
    void note(std::shared_ptr<life> const& of, events::given_back const& event);
    void note(std::shared_ptr<life> const& of, events::recovered const& event);
    void note(std::shared_ptr<life> const& of, events::recovery_unavailable const& event);
    void note(std::shared_ptr<life> const& of, events::cancelled const& event);
    void note(std::shared_ptr<life> const& of, events::poller_stalled const& event);

    run* find(std::uint64_t number);
    void settle(run& settled, run_state state);

    timeline* time_;
    server const* server_ = nullptr;
    std::vector<std::shared_ptr<life>> lives_;
    std::deque<run> runs_;
    bool keeps_trace_ = false;
    std::deque<std::string> trace_;
    std::optional<std::string> violation_;
    std::uint64_t fingerprint_ = 0;
};

}  // namespace conductor::simulation
