#pragma once

#include "behaviour.hpp"
#include "network.hpp"
#include "parking_lot.hpp"
#include "simulated_disk.hpp"
#include "virtual_clock.hpp"

#include <conductor/runtime.hpp>

#include <boost/asio/io_context.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace conductor::simulation {

/** @brief One task type as a process serves it. */
struct served_type {
    std::string type;
    bool is_blocking = false;
    worker_options options{};
};

/** @brief How a process is set up, each time it starts. */
struct process_plan {
    std::string name;
    std::vector<served_type> types{};
    /** @brief Folder, limits, graces, waits, and when results go through the outbox. */
    runtime_options options{};
    bool has_outbox = false;
    simulated_disk disk{};
};

/** @brief Where processes live. */
struct process_ground {
    std::uint64_t seed;
    timeline* time;
    facts* noted;
    server* at;
    network* way;
};

/** @brief A place where a worker process runs: the whole runtime, on virtual time. It may crash
 *  wherever it waits, and start again. */
class process {
public:
    process(process_ground on, process_plan plan, chance luck)
        : on_(on),
          plan_(std::move(plan)),
          luck_(luck),
          disk_(std::make_shared<simulated_disk>(plan_.disk)) {}

    /** @brief Starts it, unless it runs. */
    void start();
    /** @brief Destroys it where it stands. */
    void crash();
    /** @brief As by a signal. */
    void drain();
    void abort();
    void pause(std::string const& type);
    void resume(std::string const& type);
    void set_slots(std::string const& type, std::size_t slots);
    void jump_wall_clock(std::chrono::milliseconds by);

    /** @brief Lets it do one thing; false when it has nothing to do. */
    bool poll_one();
    bool is_up() const { return now_ != nullptr; }
    /** @brief Nothing of it waits to be delivered. */
    bool is_disk_empty() const { return disk_->rows.empty(); }
    process_plan const& plan() const { return plan_; }

private:
    // From one start to the next. Destroyed from the bottom up: the runtime first.
    struct incarnation {
        std::shared_ptr<parking_lot> lot = std::make_shared<parking_lot>();
        chance disk_luck{0};
        std::shared_ptr<life> alive;
        std::shared_ptr<virtual_clock> time;
        std::shared_ptr<virtual_threads> threads;
        std::unique_ptr<conductor::runtime> runtime;
        boost::asio::io_context* loop = nullptr;
    };

    runtime_options options_of(incarnation& made);
    void add_types(incarnation& made) const;
    void end(bool by_itself);
    void ends_within(std::chrono::milliseconds patience);
    template <class Marker>
    void mark(Marker marker);

    process_ground on_;
    process_plan plan_;
    chance luck_;
    std::shared_ptr<simulated_disk> disk_;
    int starts_ = 0;
    std::unique_ptr<incarnation> now_;
};

}  // namespace conductor::simulation
