// greet_with PROGRAM: runs a hello world as a process of its own against a fake server, lets it
// greet Ada, and ends it with SIGTERM. Exits with 0 when both went well.
#include <conductor/testing/fake_server.hpp>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

pid_t start(char* program) {
    pid_t const child = ::fork();
    if (child != 0) return child;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    char* const arguments[]{program, nullptr};
    ::execv(program, arguments);
    ::_exit(127);
}

bool ends_well(pid_t child) {
    ::kill(child, SIGTERM);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int main(int, char** arguments) {
    try {
        conductor::test::fake_server server;
        ::setenv("CONDUCTOR_SERVER_URL", server.url().c_str(), 1);
        auto const id = server.enqueue({.type = "greet", .input = {{"name", "Ada"}}});
        pid_t const child = start(arguments[1]);
        auto const task = server.wait_for_end(id);
        bool const greeted = task.output() == boost::json::object{{"text", "Hello Ada"}};
        std::cout << task.status() << ' ' << task.output() << '\n';
        return ends_well(child) && greeted ? 0 : 1;
    } catch (std::exception const& error) {
        std::cerr << "greet_with: " << error.what() << '\n';
        return 2;
    }
}
