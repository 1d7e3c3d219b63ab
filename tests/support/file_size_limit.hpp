#pragma once

#include <csignal>
#include <stdexcept>

#include <sys/resource.h>

namespace conductor::test {

/** @brief No file of this process grows beyond a size while this lives: a disk that is full. */
class file_size_limit {
public:
    /** @brief Begins. */
    explicit file_size_limit(rlim_t bytes) : signal_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        rlimit const now{bytes, before_.rlim_max};
        if (::setrlimit(RLIMIT_FSIZE, &now) != 0) throw std::runtime_error("no limit");
    }
    file_size_limit(file_size_limit const&) = delete;
    file_size_limit& operator=(file_size_limit const&) = delete;
    ~file_size_limit() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, signal_);
    }

private:
    void (*signal_)(int);
    rlimit before_{};
};

}  // namespace conductor::test
