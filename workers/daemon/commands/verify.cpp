#include <daemon/commands/commands.hpp>
#include <daemon/commands/load_config.hpp>
#include <daemon/config/parts.hpp>
#include <daemon/verify/verification.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/signal_set.hpp>

#include <array>
#include <csignal>
#include <cstdio>
#include <exception>
#include <stop_token>

namespace conductor::daemon {
namespace {

// Of letters, digits and underscores, which every server takes for any name.
std::string scratch_name(random_source& chance) {
    std::array<char, 32> name{};
    std::snprintf(name.data(), name.size(), "conductor_verify_%08x",
                  static_cast<unsigned>(chance.unit() * 4294967295.0));
    return name.data();
}

// The first signal asks for the end, which removes what was written; another one kills.
void interrupt_on_signal(boost::asio::signal_set& signals, verification& work) {
    signals.async_wait([&signals, &work](error_code error, int) {
        if (error) return;
        signals.clear();
        work.interrupt();
    });
}

}  // namespace

int verify_command::execute(console& to) const {
    // Whoever reads the lines may go away; what was written is removed all the same.
    std::signal(SIGPIPE, SIG_IGN);
    parsed_config const parsed = load_config(config_file, to.around);
    client_options const& server = parsed.values.server;
    environment const around = environment::system();
    runtime serving{server, {.grace = std::chrono::seconds{5}}};
    verification work{serving,
                      around,
                      {.name = scratch_name(*around.random),
                       .has_key = !server.auth_key.empty() || server.token_provider != nullptr,
                       .say = [&to](std::string const& line) { to.out << line << std::endl; }}};
    to.out << "server " << addresses_text(server) << std::endl;
    boost::asio::signal_set signals{serving.get_executor(), SIGINT, SIGTERM};
    interrupt_on_signal(signals, work);
    std::stop_source end;
    std::exception_ptr thrown;
    bool all_well = false;
    auto const ended = [&](std::exception_ptr error, bool well) {
        thrown = std::move(error);
        all_well = well;
        signals.cancel();
        end.request_stop();
    };
    boost::asio::co_spawn(serving.get_executor(), work.run(), ended);
    serving.run(end.get_token());
    if (thrown) std::rethrow_exception(thrown);
    return all_well ? exit_done : exit_failed;
}

}  // namespace conductor::daemon
