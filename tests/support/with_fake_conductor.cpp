/** @file
 *  @brief Runs a worker program against a fake Conductor server and checks what it makes of tasks.
 *
 *  with_fake_conductor --task TYPE [--input JSON] [--expect JSON] [--task …] -- COMMAND [ARGUMENT…]
 *
 *  Queues the tasks, runs COMMAND with CONDUCTOR_SERVER_URL set, waits until all tasks have
 *  completed, prints their outputs and compares them, sends SIGTERM, and expects exit code 0. */

#include "fakes/fake_conductor.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

namespace json = boost::json;
using namespace conductor::test;

struct expectation {
    queued_task task;
    std::optional<json::object> output{};
};

struct order {
    std::vector<expectation> tasks;
    std::vector<char*> command;  // ends with a null pointer, as execvp asks
};

order parse(int count, char** arguments) {
    order parsed;
    int at = 1;
    for (; at + 1 < count && std::string_view{arguments[at]} != "--"; at += 2) {
        std::string_view const option{arguments[at]};
        std::string_view const value{arguments[at + 1]};
        if (option == "--task")
            parsed.tasks.push_back({.task = {.type = std::string{value}}});
        else if (parsed.tasks.empty())
            throw std::invalid_argument{"the first option must be --task"};
        else if (option == "--input")
            parsed.tasks.back().task.input = json::parse(value).as_object();
        else if (option == "--expect")
            parsed.tasks.back().output = json::parse(value).as_object();
        else
            throw std::invalid_argument{"unknown option " + std::string{option}};
    }
    for (++at; at < count; ++at) parsed.command.push_back(arguments[at]);
    if (parsed.tasks.empty() || parsed.command.empty())
        throw std::invalid_argument{"usage: --task TYPE [--input JSON] [--expect JSON] -- COMMAND"};
    parsed.command.push_back(nullptr);
    return parsed;
}

pid_t spawn(std::vector<char*> const& command) {
    pid_t const child = ::fork();
    if (child == 0) {
        // The worker must not outlive a test that is killed for taking too long.
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::execvp(command.front(), command.data());
        ::_exit(127);
    }
    return child;
}

bool is_as_expected(fake_conductor const& server, std::string const& id,
                    expectation const& expected) {
    if (!server.wait_for_status(id, "COMPLETED")) {
        std::cerr << "not completed: " << json::serialize(server.task(id)) << '\n';
        return false;
    }
    auto const output = server.task(id).at("outputData").as_object();
    std::cout << expected.task.type << ": " << json::serialize(output) << '\n';
    if (!expected.output || output == *expected.output) return true;
    std::cerr << "expected: " << json::serialize(*expected.output) << '\n';
    return false;
}

bool ends_well(pid_t child) {
    ::kill(child, SIGTERM);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return true;
    std::cerr << "the command ended with wait status " << status << '\n';
    return false;
}

bool run(order const& wanted) {
    fake_conductor server;
    ::setenv("CONDUCTOR_SERVER_URL", server.url().c_str(), 1);
    ::unsetenv("CONDUCTOR_AUTH_KEY");
    ::unsetenv("CONDUCTOR_AUTH_SECRET");
    std::vector<std::string> ids;
    for (auto const& each : wanted.tasks) ids.push_back(server.enqueue(each.task));
    auto const child = spawn(wanted.command);
    bool good = child > 0;
    for (std::size_t i = 0; good && i < ids.size(); ++i)
        good = is_as_expected(server, ids[i], wanted.tasks[i]);
    return child > 0 && ends_well(child) && good;
}

}  // namespace

int main(int count, char** arguments) {
    try {
        return run(parse(count, arguments)) ? EXIT_SUCCESS : EXIT_FAILURE;
    } catch (std::exception const& error) {
        std::cerr << "with_fake_conductor: " << error.what() << '\n';
        return 2;
    }
}
