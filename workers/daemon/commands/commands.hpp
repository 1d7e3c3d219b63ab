#pragma once

#include <daemon/config/surroundings.hpp>

#include <optional>
#include <ostream>
#include <string>

namespace conductor::daemon {

/** @brief Where commands write, and what they take from outside. */
struct console {
    /** @brief What was asked for. */
    std::ostream& out;
    /** @brief Everything else. */
    std::ostream& err;
    /** @brief Environment and secrets. */
    surroundings around{};
    /** @brief Whether `out` is a terminal whose colours may be used. */
    bool colours = false;
};

/** @brief Exit statuses of all commands. */
enum exit_status : int {
    /** @brief Done. */
    exit_done = 0,
    /** @brief Tried, and failed or left something behind. */
    exit_failed = 1,
    /** @brief Not tried: the command line or the configuration is wrong. */
    exit_refused = 2,
    /** @brief `status`: told, and the daemon is not ready. */
    exit_not_ready = 3,
};

/** @brief `run`: serves tasks until SIGTERM or SIGINT. */
struct run_command {
    /** @brief The configuration. */
    std::string config_file{};
    /** @brief Serves tasks; 1 when the stop left something behind.
     *  @throws config_error when the configuration cannot be used. */
    int execute(console& to) const;
};

/** @brief `check`: says whether a configuration can be used, and what it comes to. */
struct check_command {
    /** @brief The configuration. */
    std::string config_file{};
    /** @brief Prints each effective value, or throws.
     *  @throws config_error when the configuration cannot be used. */
    int execute(console& to) const;
};

/** @brief `tasks`: lists the task types. */
struct tasks_command {
    /** @brief Prints the task types with inputs and outputs. */
    int execute(console& to) const;
};

/** @brief `exec`: runs one handler, once, without a server. */
struct exec_command {
    /** @brief The task type. */
    std::string type{};
    /** @brief A file with the task's input, or `-`. */
    std::string input{};
    /** @brief The configuration; empty for the environment's. */
    std::string config_file{};
    /** @brief Prints the TaskResult; 1 when the task failed.
     *  @throws config_error when the configuration cannot be used. */
    int execute(console& to) const;
};

/** @brief `register`: brings definitions to the server. */
struct register_command {
    /** @brief The folder of the definitions. */
    std::string folder = "workflows";
    /** @brief Only says what would be done. */
    bool dry_run = false;
    /** @brief The configuration; empty for the environment's. */
    std::string config_file{};
    /** @brief Creates or updates and says which; 1 when one was refused.
     *  @throws config_error when the configuration cannot be used. */
    int execute(console& to) const;
};

/** @brief `report`: makes a page of what the community database holds. */
struct report_command {
    /** @brief The database of an `sqlite` sink; it is only read. */
    std::string database{};
    /** @brief The file to write, or `-`. */
    std::string out{};
    /** @brief Writes the page.
     *  @throws config_error when the database cannot be used, or the page not be written. */
    int execute(console& to) const;
};

/** @brief `start`: starts a workflow. */
struct start_command {
    /** @brief The workflow's name. */
    std::string workflow{};
    /** @brief A file with its input, or `-`; empty for no input. */
    std::string input{};
    /** @brief Its version; none for the newest. */
    std::optional<int> version{};
    /** @brief Correlation id; empty for none. */
    std::string correlation_id{};
    /** @brief Shows the tasks until it ends. */
    bool follow = false;
    /** @brief The configuration; empty for the environment's. */
    std::string config_file{};
    /** @brief Prints the id; with `follow` 0 only when the workflow was completed.
     *  @throws config_error when the configuration cannot be used. */
    int execute(console& to) const;
};

/** @brief `status`: tells how a running daemon is. */
struct status_command {
    /** @brief The daemon's configuration; empty when `url` names it. */
    std::string config_file{};
    /** @brief Address of its admin page; empty when `config_file` names it. */
    std::string url{};
    /** @brief Where the token of the page at `url` is, such as `env:NAME`; empty for none. */
    std::string token{};
    /** @brief Prints what its admin page shows; 3 when the daemon is not ready, 1 when it does not
     *  answer.
     *  @throws config_error when neither or both name it, or the configuration cannot be used. */
    int execute(console& to) const;
};

/** @brief `verify`: tries a server with definitions, a run and a schedule, and removes them. */
struct verify_command {
    /** @brief The configuration; empty for the environment's. */
    std::string config_file{};
    /** @brief Prints a line for each step; 1 when one failed or something is left on the server.
     *  @throws config_error when the configuration cannot be used. */
    int execute(console& to) const;
};

}  // namespace conductor::daemon
