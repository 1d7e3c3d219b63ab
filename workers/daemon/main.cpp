#include <daemon/command_line.hpp>
#include <daemon/log/printable.hpp>
#include <daemon/private_memory.hpp>
#include <daemon/terminal.hpp>

#include <conductor/config_error.hpp>

#include <iostream>

namespace {

using namespace conductor::daemon;

int execute(early_end const& end, console& to) {
    (end.status == exit_done ? to.out : to.err) << end.text;
    return end.status;
}

int execute(auto const& command, console& to) { return command.execute(to); }

}  // namespace

int main(int argc, char** argv) {
    keep_memory_private();
    std::vector<std::string> const arguments(argv + 1, argv + argc);
    try {
        console to{std::cout, std::cerr, surroundings::of_process(),
                   standard_output_wants_colours()};
        return std::visit([&](auto const& chosen) { return execute(chosen, to); },
                          parse_command_line(arguments));
    } catch (conductor::config_error const& error) {
        std::cerr << error.what() << '\n';
        return exit_refused;
    } catch (std::exception const& error) {
        std::cerr << "conductor-workerd: " << printable(error.what()) << '\n';
        return exit_failed;
    }
}
