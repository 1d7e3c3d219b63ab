#pragma once

#include "chance.hpp"
#include "network.hpp"
#include "process.hpp"
#include "server.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace conductor::simulation {

/** @brief A step of a workflow that begins at some time. */
struct step_plan {
    std::chrono::milliseconds at{0};
    std::string type;
    std::chrono::seconds response_timeout{0};
};

/** @brief Something that happens to a process, the server or a step. */
struct trouble_plan {
    enum class kind {
        server_down,
        tokens_refused,
        crash,
        drain,
        abort,
        pause,
        resume,
        set_slots,
        wall_jump,
        cancel,
    };

    std::chrono::milliseconds at{0};
    kind what = kind::crash;
    /** @brief Which process or step. */
    std::size_t which = 0;
    /** @brief How long it lasts, or how long until the process starts again. */
    std::chrono::milliseconds lasts{0};
    std::string type{};
    std::size_t number = 0;
};

/** @brief One simulation, before anything happens: it follows from the seed alone. */
struct scenario {
    std::uint64_t seed = 0;
    server_options server{};
    fault_rates faults{};
    std::vector<process_plan> processes{};
    std::vector<step_plan> steps{};
    std::vector<trouble_plan> troubles{};
    /** @brief From then on nothing goes wrong any more. */
    std::chrono::milliseconds healed_at{0};
};

/** @brief Draws everything.
 *  @param folders  Where processes keep their ids; `made_folder` makes them. */
scenario draw_scenario(std::uint64_t seed, std::vector<std::filesystem::path> const& folders);

}  // namespace conductor::simulation
