#include <daemon/commands/commands.hpp>
#include <daemon/commands/event_loop.hpp>
#include <daemon/commands/follow.hpp>
#include <daemon/commands/load_config.hpp>
#include <daemon/commands/throttle.hpp>
#include <daemon/definitions/json_text.hpp>
#include <daemon/log/printable.hpp>

#include <conductor/config_error.hpp>

namespace conductor::daemon {
namespace {

boost::json::object read_input(std::string const& path) {
    if (path.empty()) return {};
    auto input = read_json_object(path);
    if (input.has_error()) throw config_error("--input: " + printable(input.error().message()));
    return *std::move(input);
}

follow_output lines_to(console& to) {
    return {[&to](std::string const& line) { to.out << line << std::endl; },
            [&to](std::string const& line) { to.err << line << std::endl; }};
}

awaitable<result<std::string>> start_patiently(workflow_client workflows,
                                               start_workflow_request request,
                                               throttled_wait& waits) {
    for (;;) {
        auto const started = co_await workflows.start(request);
        if (started.has_value()) co_return started;
        bool const again = co_await waits.before_next(started.error());
        if (!again) co_return started;
    }
}

awaitable<int> tell(awaitable<result<std::string>> start, std::string name, follower* watcher,
                    console& to) {
    auto const started = co_await std::move(start);
    if (started.has_error()) {
        to.err << "cannot start " << name << ": " << printable(started.error().message()) << '\n';
        co_return exit_failed;
    }
    if (watcher == nullptr) {
        to.out << printable(*started) << '\n';
        co_return exit_done;
    }
    to.out << name << " started, workflow id " << printable(*started) << std::endl;
    auto const end = co_await watcher->follow(*started);
    if (end.has_error()) {
        to.err << "cannot follow it any longer: " << printable(end.error().message()) << '\n';
        co_return exit_failed;
    }
    (end->completed ? to.out : to.err) << end->text << '\n';
    co_return end->completed ? exit_done : exit_failed;
}

}  // namespace

int start_command::execute(console& to) const {
    parsed_config const parsed = load_config(config_file, to.around);
    start_workflow_request request{.name = workflow,
                                   .version = version,
                                   .input = read_input(input),
                                   .correlation_id = correlation_id};
    event_loop loop;
    environment const around = environment::system();
    auto const rest =
        std::make_shared<rest_client>(loop.get_executor(), parsed.values.server, around);
    follow_output const output = lines_to(to);
    follower watcher{rest, around.clock, loop.get_executor(), output};
    throttled_wait waits{around, loop.get_executor(), output.trouble};
    auto started = start_patiently(workflow_client{rest}, std::move(request), waits);
    return loop.run(tell(std::move(started), printable(workflow), follow ? &watcher : nullptr, to));
}

}  // namespace conductor::daemon
