#pragma once

#include <gtest/gtest.h>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

extern char** environ;

namespace conductor::test {

/** @brief `conductor-workerd` as a process whose output a test reads. */
class daemon_process {
public:
    /** @brief Starts it; both outputs come together.
     *  @param program  Another one in its place. */
    explicit daemon_process(std::vector<std::string> arguments,
                            std::string program = CONDUCTOR_WORKERD) {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
        arguments.insert(arguments.begin(), std::move(program));
        std::vector<char*> pointers;
        for (auto& one : arguments) pointers.push_back(one.data());
        pointers.push_back(nullptr);
        int const error =
            ::posix_spawn(&id_, pointers[0], &actions, nullptr, pointers.data(), environ);
        ::posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
        output_ = ::fdopen(ends[0], "r");
        if (error != 0) throw std::runtime_error("cannot start conductor-workerd");
    }
    daemon_process(daemon_process const&) = delete;
    daemon_process& operator=(daemon_process const&) = delete;
    ~daemon_process() {
        if (id_ > 0) {
            ::kill(id_, SIGKILL);
            ::waitpid(id_, nullptr, 0);
        }
        std::fclose(output_);
    }

    /** @brief Reads lines until one holds `part`, and gives that one; empty at the end. */
    std::string wait_for_line(std::string const& part) {
        while (true) {
            std::string const line = read_line();
            if (line.empty() || line.find(part) != std::string::npos) return line;
        }
    }
    /** @brief Sends a signal. */
    void signal(int number) { ::kill(id_, number); }
    /** @brief How much memory it has, as the system counts it. */
    long resident_kilobytes() const {
        std::ifstream status("/proc/" + std::to_string(id_) + "/status");
        for (std::string word; status >> word;) {
            long kilobytes = 0;
            if (word == "VmRSS:" && status >> kilobytes) return kilobytes;
        }
        throw std::runtime_error("no VmRSS");
    }
    /** @brief A file of what the system tells of it. */
    std::string proc_file(std::string const& name) const {
        std::ifstream file("/proc/" + std::to_string(id_) + "/" + name, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    /** @brief The processes that it has started, by their ids. */
    std::string children() const { return proc_file("task/" + std::to_string(id_) + "/children"); }
    /** @brief Waits for its end, and gives its exit status; -1 after a signal. */
    int wait() {
        int status = 0;
        ::waitpid(id_, &status, 0);
        id_ = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    /** @brief All output that was not read yet. */
    std::string rest() {
        std::string text;
        for (std::string line = read_line(); !line.empty(); line = read_line()) text += line;
        return text;
    }

    /** @brief Has it end in order; gives all that it wrote until then. */
    std::string stop() {
        signal(SIGTERM);
        auto text = rest();
        EXPECT_EQ(wait(), 0) << text;
        return text;
    }

private:
    std::string read_line() {
        std::string line;
        for (int letter = std::fgetc(output_); letter != EOF; letter = std::fgetc(output_)) {
            line += static_cast<char>(letter);
            if (letter == '\n') break;
        }
        return line;
    }

    pid_t id_ = 0;
    std::FILE* output_ = nullptr;
};

}  // namespace conductor::test
