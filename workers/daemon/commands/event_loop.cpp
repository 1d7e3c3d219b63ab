#include <daemon/commands/event_loop.hpp>

#include <boost/asio/co_spawn.hpp>

#include <exception>

namespace conductor::daemon {

int event_loop::run(awaitable<int> work) {
    int status = 0;
    auto const ended = [&](std::exception_ptr thrown, int returned) {
        if (thrown) std::rethrow_exception(std::move(thrown));
        status = returned;
        // Kept connections may wait for their end in the loop; the command does not.
        loop_.stop();
    };
    boost::asio::co_spawn(loop_, std::move(work), ended);
    loop_.run();
    return status;
}

}  // namespace conductor::daemon
