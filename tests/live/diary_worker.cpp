// A worker that writes down what its handler does, for tests that kill it, stop it, and swallow the
// server's answers:
//
//   diary_worker SERVER TYPE STATE_DIR DIARY
//
// STATE_DIR keeps the worker's identity, and DIARY.outbox the results that the server did not take.
// Each line of the diary is `began`, `ended` or `stopped`, the number in the task's input, and the
// process id; `heap` and the bytes in use come every five seconds. A task completes with the square
// of its number, after as many seconds as it asks for.
#include <conductor/conductor.hpp>
#include <conductor/sqlite_outbox.hpp>

#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

namespace {

namespace json = boost::json;

// Each line is one write at the end of the file, so that it is there when the process is killed.
class diary {
public:
    explicit diary(std::string const& path)
        : file_(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600)) {
        if (file_ < 0) throw std::runtime_error("cannot write " + path);
    }
    diary(diary const&) = delete;
    diary& operator=(diary const&) = delete;
    ~diary() { ::close(file_); }

    void write(std::string_view what, std::int64_t number) const {
        auto const line = std::string(what) + ' ' + std::to_string(number) + ' ' +
                          std::to_string(::getpid()) + '\n';
        if (::write(file_, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
            std::abort();
    }

private:
    int file_;
};

// Whether the whole time has passed.
bool wait(std::chrono::milliseconds time, std::stop_token const& stop) {
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    return !stopped.wait_for(lock, stop, time, [&] { return stop.stop_requested(); });
}

struct square {
    std::shared_ptr<diary> written;

    conductor::task_result operator()(conductor::task const& task,
                                      conductor::task_context& context) const {
        auto const number = task.input().at("number").to_number<std::int64_t>();
        std::chrono::duration<double> const time{task.input().at("seconds").to_number<double>()};
        written->write("began", number);
        if (!wait(std::chrono::ceil<std::chrono::milliseconds>(time), context.stop_token())) {
            written->write("stopped", number);
            return conductor::task_result::failed("stopped");
        }
        written->write("ended", number);
        return conductor::task_result::completed({{"square", number * number}});
    }
};

void write_heap(std::stop_token const& stop, diary const& written) {
    while (wait(std::chrono::seconds{5}, stop))
        written.write("heap", static_cast<std::int64_t>(::mallinfo2().uordblks));
}

int serve(char const* server, char const* type, std::string const& folder,
          std::string const& path) {
    conductor::runtime_options options;
    options.state_dir = folder;
    options.outbox = std::make_shared<conductor::sqlite_outbox>(
        conductor::sqlite_outbox_options{.path = path + ".outbox"});
    options.grace = std::chrono::seconds{10};
    conductor::runtime runtime({.server_url = server}, options);
    auto const written = std::make_shared<diary>(path);
    runtime.add(type, square{written}, {.slots = 8, .cancel_check = std::chrono::seconds{1}});
    std::jthread const heap([written](std::stop_token stop) { write_heap(stop, *written); });
    return runtime.run();
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 5) {
        std::cerr << "usage: diary_worker SERVER TYPE STATE_DIR DIARY\n";
        return 2;
    }
    try {
        return serve(arguments[1], arguments[2], arguments[3], arguments[4]);
    } catch (std::exception const& error) {
        std::cerr << "diary_worker: " << error.what() << '\n';
        return 2;
    }
}
