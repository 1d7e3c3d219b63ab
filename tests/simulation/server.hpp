#pragma once

#include "chance.hpp"
#include "server_task.hpp"
#include "timeline.hpp"

#include <conductor/task_api.hpp>

#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace conductor::simulation {

class facts;
struct life;

/** @brief Where the server's answer to one call goes. */
template <class T>
using reply = std::function<void(result<T>)>;

/** @brief How a call came to the server. */
struct arrival {
    /** @brief Who has sent it, and when. */
    std::shared_ptr<life const> sender{};
    time_point sent{};
    /** @brief Nobody hears the answer, and nobody knows that the call has come. */
    bool is_copy = false;
    /** @brief Its sender has given it up. */
    bool is_given_up = false;
    /** @brief Its answer will be lost. */
    bool is_unanswered = false;

    /** @brief Its sender cannot keep it apart from its other calls. */
    bool is_stray() const { return is_copy || is_given_up; }
    arrival as_copy() const {
        auto made = *this;
        made.is_copy = true;
        return made;
    }
    /** @brief The process that has sent it is gone. */
    bool is_orphaned() const;
};

/** @brief What varies from server to server. */
struct server_options {
    /** @brief The task search finds tasks. */
    bool has_index = true;
    /** @brief The server knows `update-v2`. */
    bool has_update_v2 = true;
    /** @brief How long a lease's extension may take between reading and writing the task. */
    std::chrono::milliseconds extension_max{30};
};

/** @brief The Conductor server as a worker sees it, its quirks included. */
class server {
public:
    server(timeline& time, chance luck, facts& noted, server_options options)
        : time_(&time), luck_(luck), facts_(&noted), options_(options) {}

    /** @brief A step of a workflow begins: its first task is scheduled. */
    void begin_step(std::string const& type, std::chrono::seconds response_timeout);
    /** @brief Somebody ends a step's workflow. */
    void cancel_step(std::size_t step);

    /** @brief Breaks off what it is doing; what it knows it keeps. */
    void go_down() {
        is_up_ = false;
        ++starts_;
        for (auto const& held : std::exchange(held_, {})) held->answer(reset());
    }
    void come_up() { is_up_ = true; }
    bool is_up() const { return is_up_; }
    /** @brief Tokens are refused, or taken again. */
    void refuse_tokens(bool refused) { refuses_tokens_ = refused; }
    bool refuses_tokens() const { return refuses_tokens_; }

    // The calls, at the moment at which each has arrived.
    void poll(poll_request const& asked, arrival how, reply<std::vector<task>> const& answer);
    void update(task_update const& told, arrival how, reply<void> const& answer);
    void update_and_poll(task_update const& told, arrival how,
                         reply<std::optional<task>> const& answer);
    void extend_lease(lease_request const& asked, arrival how, reply<void> const& answer);
    void search(search_request const& asked, reply<std::vector<task>> const& answer) const;
    void get(std::string const& id, reply<task> const& answer) const;

    /** @brief All tasks, in the order in which they were made. */
    std::deque<server_task> const& tasks() const { return tasks_; }
    /** @brief A task by its id. */
    server_task* find(std::string const& id);
    server_task const* find(std::string const& id) const;
    /** @brief Every step has ended, and every task with it: one that was put back after its
     * response timeout may end a step while its retry still waits for its callback. */
    bool is_done() const;
    server_options const& options() const { return options_; }

    /** @brief The failure of a connection that ends in mid-call. */
    static failure reset();

private:
    struct held_poll {
        poll_request asked;
        arrival how;
        time_point until;
        reply<std::vector<task>> answer;
    };
    struct step {
        std::size_t last_task = 0;
        bool is_open = true;
    };

    void schedule(server_task& task, std::chrono::milliseconds delay);
    void add_task(std::size_t of_step, server_task made);
    void retry(server_task const& failed);
    void close(std::size_t of_step);
    void watch_response(std::string const& id);
    void time_out(std::string const& id, std::int64_t poll_count);
    std::size_t waiting(std::string const& type) const;
    std::vector<task> claim(poll_request const& asked, arrival how);
    void look_at_held(std::string const& type);
    void apply(server_task& task, task_update const& told, arrival how);
    void write_back(std::string const& id, task_record const& read, arrival how);

    timeline* time_;
    chance luck_;
    facts* facts_;
    server_options options_;
    bool is_up_ = true;
    bool refuses_tokens_ = false;
    std::uint64_t starts_ = 0;
    std::size_t steps_open_ = 0;
    std::vector<step> steps_;
    std::deque<server_task> tasks_;
    std::map<std::string, std::size_t, std::less<>> by_id_;
    std::map<std::string, std::vector<std::size_t>, std::less<>> queues_;
    std::list<std::shared_ptr<held_poll>> held_;
};

}  // namespace conductor::simulation
