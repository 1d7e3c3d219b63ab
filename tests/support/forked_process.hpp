#pragma once

#include <functional>
#include <stdexcept>

#include <sys/wait.h>
#include <unistd.h>

namespace conductor::test {

/** @brief A function in a process of its own. Fork it while this process has one thread. */
class forked_process {
public:
    /** @brief Starts it.
     *  @param run  Returns whether all went well. */
    explicit forked_process(std::function<bool()> const& run) : id_(::fork()) {
        if (id_ < 0) throw std::runtime_error("no process");
        if (id_ == 0) ::_exit(run() ? 0 : 1);
    }
    forked_process(forked_process const&) = delete;
    forked_process& operator=(forked_process const&) = delete;
    ~forked_process() { succeeded(); }

    /** @brief Waits for its end, and says whether all went well. */
    bool succeeded() {
        if (id_ > 0) ::waitpid(id_, &status_, 0);
        id_ = 0;
        return WIFEXITED(status_) && WEXITSTATUS(status_) == 0;
    }

private:
    pid_t id_;
    int status_ = -1;
};

}  // namespace conductor::test
