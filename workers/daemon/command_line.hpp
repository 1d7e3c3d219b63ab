#pragma once

#include <daemon/commands/commands.hpp>

#include <string>
#include <variant>
#include <vector>

namespace conductor::daemon {

/** @brief The end of the program before any command: help, version, or a wrong command line. */
struct early_end {
    /** @brief The exit status: 0, or 2 for a wrong command line. */
    int status = 0;
    /** @brief What to say: on standard output for 0, else on standard error. */
    std::string text{};
};

/** @brief What a command line asks for. */
using command =
    std::variant<early_end, run_command, check_command, tasks_command, exec_command,
                 register_command, report_command, start_command, status_command, verify_command>;

/** @brief Reads a command line.
 *  @param arguments  Without the program's name. */
command parse_command_line(std::vector<std::string> arguments);

}  // namespace conductor::daemon
