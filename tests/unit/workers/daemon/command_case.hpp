#pragma once

#include "config_case.hpp"

#include <daemon/commands/commands.hpp>

#include <support/temporary_folder.hpp>

#include <sstream>
#include <string>

namespace conductor::test {

/** @brief A command of the daemon, run in the test's own process. */
struct command_case {
    /** @brief The world of its configuration. */
    config_case world{};
    /** @brief A folder for its files. */
    temporary_folder folder{};
    /** @brief What it wrote. */
    std::ostringstream out{};
    /** @brief What it complained of. */
    std::ostringstream err{};

    /** @brief Runs it, and gives its exit status. */
    template <class Command>
    int run(Command const& command) {
        daemon::console to{out, err, world.around()};
        return command.execute(to);
    }
};

}  // namespace conductor::test
