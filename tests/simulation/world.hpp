#pragma once

#include "facts.hpp"
#include "network.hpp"
#include "process.hpp"
#include "scenario.hpp"
#include "server.hpp"
#include "timeline.hpp"

#include <cstdint>
#include <deque>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace conductor::simulation {

/** @brief What a simulation came to. */
struct outcome {
    /** @brief The first invariant that did not hold; none when all did. */
    std::optional<std::string> violation{};
    /** @brief What happened, line by line, if it was kept. */
    std::deque<std::string> trace{};
    /** @brief The same for two simulations that went the same way. */
    std::uint64_t fingerprint = 0;
    /** @brief How many things happened. */
    std::uint64_t events = 0;
    /** @brief Handler runs. */
    std::size_t runs = 0;
    /** @brief How long it took on its own clock. */
    std::chrono::milliseconds lasted{0};
};

/** @brief Folders in which processes keep their ids, each with an id in it. Removed at the end. */
class identity_folders {
public:
    identity_folders();
    ~identity_folders();
    identity_folders(identity_folders const&) = delete;
    identity_folders& operator=(identity_folders const&) = delete;

    std::vector<std::filesystem::path> const& all() const { return all_; }

private:
    std::filesystem::path root_;
    std::vector<std::filesystem::path> all_;
};

/** @brief One simulation. */
class world {
public:
    world(scenario plan, bool keeps_trace);

    /** @brief Until everything has come to rest, or an invariant does not hold. */
    outcome run();

private:
    void lay_out();
    void happen(trouble_plan const& trouble);
    void start_later(process& stopped, std::chrono::milliseconds delay);
    void heal();
    void keep_running();
    bool is_at_rest() const;
    bool step();
    void watch_time();
    bool run_until_rest();
    void close_down();

    scenario plan_;
    chance luck_;
    timeline time_;
    facts facts_;
    server server_;
    network network_;
    std::deque<process> processes_;
    bool is_healed_ = false;
    bool is_closing_ = false;
    std::uint64_t steps_ = 0;
    std::uint64_t steps_at_once_ = 0;
    time_point stepped_at_{};
};

}  // namespace conductor::simulation
