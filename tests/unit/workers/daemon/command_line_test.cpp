#include <daemon/command_line.hpp>

#include <gtest/gtest.h>

namespace conductor::test {
namespace {

template <class Command>
Command parse(std::vector<std::string> arguments) {
    return std::get<Command>(daemon::parse_command_line(std::move(arguments)));
}

TEST(CommandLineTest, ReadsEachCommand) {
    EXPECT_EQ(parse<daemon::run_command>({"run", "--config", "c"}).config_file, "c");
    EXPECT_EQ(parse<daemon::check_command>({"check", "--config", "c"}).config_file, "c");
    parse<daemon::tasks_command>({"tasks"});
    auto const exec = parse<daemon::exec_command>({"exec", "star_filter", "--input", "-"});
    EXPECT_EQ(exec.type, "star_filter");
    EXPECT_EQ(exec.input, "-");
    auto const registering = parse<daemon::register_command>({"register"});
    EXPECT_EQ(registering.folder, "workflows");
    EXPECT_FALSE(registering.dry_run);
    EXPECT_TRUE(parse<daemon::register_command>({"register", "--dry-run"}).dry_run);
    auto const report = parse<daemon::report_command>({"report", "--db", "d", "--out", "-"});
    EXPECT_EQ(report.database, "d");
    EXPECT_EQ(report.out, "-");
    auto const start = parse<daemon::start_command>(
        {"start", "wf", "--input", "i", "--version", "3", "--follow", "--correlation-id", "x"});
    EXPECT_EQ(start.workflow, "wf");
    EXPECT_EQ(start.input, "i");
    EXPECT_EQ(start.version, 3);
    EXPECT_EQ(start.correlation_id, "x");
    EXPECT_TRUE(start.follow);
    EXPECT_EQ(parse<daemon::status_command>({"status", "--config", "c"}).config_file, "c");
    auto const status = parse<daemon::status_command>({"status", "--url", "u", "--token", "env:T"});
    EXPECT_EQ(status.url, "u");
    EXPECT_EQ(status.token, "env:T");
    EXPECT_EQ(parse<daemon::verify_command>({"verify", "--config", "c"}).config_file, "c");
}

TEST(CommandLineTest, HelpAndVersionEndWell) {
    auto const help = parse<daemon::early_end>({"--help"});
    EXPECT_EQ(help.status, daemon::exit_done);
    for (std::string const name :
         {"run", "check", "tasks", "exec", "register", "report", "start", "status", "verify"})
        EXPECT_NE(help.text.find("\n  " + name + ' '), std::string::npos) << help.text;
    EXPECT_TRUE(parse<daemon::early_end>({"--version"}).text.starts_with("conductor-workerd "));
    EXPECT_EQ(parse<daemon::early_end>({"start", "--help"}).status, daemon::exit_done);
}

TEST(CommandLineTest, AWrongLineIsRefusedWithAReason) {
    for (std::vector<std::string> const& line : {std::vector<std::string>{},
                                                 {"fly"},
                                                 {"run"},
                                                 {"run", "--config"},
                                                 {"run", "--cfg", "c"},
                                                 {"exec", "star_filter"},
                                                 {"report", "--db", "d"},
                                                 {"report", "--out", "o"},
                                                 {"start"},
                                                 {"start", "wf", "--version", "x"},
                                                 {"start", "wf", "--version", "0"},
                                                 {"status", "--url"},
                                                 {"verify", "more"},
                                                 {"tasks", "more"}}) {
        auto const end = parse<daemon::early_end>(line);
        EXPECT_EQ(end.status, daemon::exit_refused) << testing::PrintToString(line);
        EXPECT_FALSE(end.text.empty()) << testing::PrintToString(line);
    }
}

}  // namespace
}  // namespace conductor::test
