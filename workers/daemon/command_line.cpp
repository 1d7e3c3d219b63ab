#include <daemon/command_line.hpp>

#include <daemon/log/printable.hpp>
#include <daemon/version.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <sstream>

namespace conductor::daemon {
namespace {

constexpr char about[] =
    "Serves tasks of a Conductor server: GitHub stars into community workspaces.";
constexpr char footer[] =
    "Exit status: 0 done, 1 failed, 2 wrong command line or configuration, 3 (of status) not "
    "ready.\n"
    "Without --config, the server is the one of CONDUCTOR_SERVER_URL.";
constexpr char optional_config[] = "Configuration (YAML); without it the environment's server";

/** @brief The options of all commands, to be filled while parsing. */
struct all_commands {
    run_command run;
    check_command check;
    tasks_command tasks;
    exec_command exec;
    register_command registering;
    report_command report;
    start_command start;
    status_command status;
    verify_command verify;
};

void describe_run(CLI::App& app, all_commands& to) {
    auto* const run = app.add_subcommand("run", "Serve tasks until SIGTERM or SIGINT, then drain");
    run->add_option("--config", to.run.config_file, "Configuration (YAML)")->required();
}

void describe_check(CLI::App& app, all_commands& to) {
    auto* const check = app.add_subcommand(
        "check", "Check a configuration and print each effective value and where it comes from");
    check->add_option("--config", to.check.config_file, "Configuration (YAML)")->required();
}

void describe_exec(CLI::App& app, all_commands& to) {
    auto* const exec = app.add_subcommand(
        "exec", "Run one task without a server and print its TaskResult as JSON");
    exec->add_option("type", to.exec.type, "Task type")->required();
    exec->add_option("--input", to.exec.input, "File with the task's input (JSON), - for stdin")
        ->required();
    exec->add_option("--config", to.exec.config_file, "Configuration (YAML)");
}

void describe_register(CLI::App& app, all_commands& to) {
    auto* const registering = app.add_subcommand(
        "register", "Create or update task definitions, workflows and schedules on the server");
    registering->add_option("--dir", to.registering.folder, "Folder of the definitions")
        ->capture_default_str();
    registering->add_flag("--dry-run", to.registering.dry_run, "Only say what would be done");
    registering->add_option("--config", to.registering.config_file, optional_config);
}

void describe_report(CLI::App& app, all_commands& to) {
    auto* const report = app.add_subcommand(
        "report", "Make a page (HTML) of what the database of an sqlite sink holds");
    report->add_option("--db", to.report.database, "The sink's database; it is only read")
        ->required();
    report->add_option("--out", to.report.out, "File to write, - for stdout")->required();
}

void describe_start(CLI::App& app, all_commands& to) {
    auto* const start = app.add_subcommand("start", "Start a workflow and print its id");
    start->add_option("workflow", to.start.workflow, "Name of the workflow")->required();
    start->add_option("--input", to.start.input, "File with its input (JSON), - for stdin");
    start->add_option("--version", to.start.version, "Version; without it the newest")
        ->check(CLI::PositiveNumber);
    start->add_option("--correlation-id", to.start.correlation_id, "Correlation id");
    start->add_flag("--follow", to.start.follow,
                    "Show a line for each task as it runs; exit 0 only on COMPLETED");
    start->add_option("--config", to.start.config_file, optional_config);
}

void describe_status(CLI::App& app, all_commands& to) {
    auto* const status =
        app.add_subcommand("status", "Tell how a running daemon is, as its admin page shows it");
    status->add_option("--config", to.status.config_file, "The daemon's configuration (YAML)");
    status->add_option("--url", to.status.url, "Address of its admin page, in place of --config");
    status->add_option("--token", to.status.token,
                       "With --url, where its token is: env:NAME, file:PATH or credential:NAME");
}

void describe_verify(CLI::App& app, all_commands& to) {
    auto* const verify = app.add_subcommand(
        "verify", "Try the server: define, run and schedule something, and remove it again");
    verify->add_option("--config", to.verify.config_file, optional_config);
}

bool has_subcommand(CLI::App& app, std::string const& name) {
    auto const named = [&](CLI::App const* one) { return one->get_name() == name; };
    return !app.get_subcommands(named).empty();
}

command chosen(CLI::App const& app, all_commands& all) {
    if (app.got_subcommand("run")) return std::move(all.run);
    if (app.got_subcommand("check")) return std::move(all.check);
    if (app.got_subcommand("tasks")) return std::move(all.tasks);
    if (app.got_subcommand("exec")) return std::move(all.exec);
    if (app.got_subcommand("register")) return std::move(all.registering);
    if (app.got_subcommand("report")) return std::move(all.report);
    if (app.got_subcommand("status")) return std::move(all.status);
    if (app.got_subcommand("verify")) return std::move(all.verify);
    return std::move(all.start);
}

}  // namespace

command parse_command_line(std::vector<std::string> arguments) {
    CLI::App app{about, "conductor-workerd"};
    all_commands all;
    app.set_version_flag("--version", "conductor-workerd " + std::string{version()});
    app.footer(footer);
    app.require_subcommand(1);
    describe_run(app, all);
    describe_check(app, all);
    app.add_subcommand("tasks", "List the task types with their inputs and outputs");
    describe_exec(app, all);
    describe_register(app, all);
    describe_report(app, all);
    describe_start(app, all);
    describe_status(app, all);
    describe_verify(app, all);
    if (!arguments.empty() && !arguments.front().starts_with('-') &&
        !has_subcommand(app, arguments.front())) {
        return early_end{exit_refused, "unknown command: " + printable(arguments.front()) +
                                           "\nRun with --help for more information.\n"};
    }
    std::ranges::reverse(arguments);
    try {
        app.parse(std::move(arguments));
    } catch (CLI::ParseError const& end) {
        std::ostringstream out;
        std::ostringstream err;
        int const status = app.exit(end, out, err);
        return early_end{status == 0 ? exit_done : exit_refused, out.str() + err.str()};
    }
    return chosen(app, all);
}

}  // namespace conductor::daemon
