#include <daemon/commands/commands.hpp>
#include <daemon/commands/load_config.hpp>
#include <daemon/commands/reloader.hpp>
#include <daemon/config/nearest_name.hpp>
#include <daemon/control/control_server.hpp>
#include <daemon/health/admin_listener.hpp>
#include <daemon/health/health_answer.hpp>
#include <daemon/health/health_state.hpp>
#include <daemon/health/queue_depths.hpp>
#include <daemon/log/event_log.hpp>
#include <daemon/log/logger.hpp>
#include <daemon/notify/notify_target.hpp>
#include <daemon/notify/service_notifier.hpp>
#include <daemon/observers.hpp>
#include <daemon/task_types.hpp>
#include <daemon/version.hpp>

#include <conductor/config_error.hpp>
#include <conductor/opentelemetry.hpp>
#include <conductor/prometheus.hpp>
#include <conductor/runtime.hpp>
#include <conductor/sqlite_outbox.hpp>

#include <boost/asio/post.hpp>

#include <csignal>
#include <filesystem>
#include <functional>
#include <optional>
#include <system_error>
#include <utility>

namespace conductor::daemon {
namespace {

// A poll that needs a new token makes two calls, and as many again when the token is refused;
// each takes at most the request's limit and what the server was asked to wait.
health_limits limits_of(client_options const& server) {
    constexpr std::chrono::seconds wait_max{5};
    return {.attempt = 5 * (server.request_timeout + wait_max)};
}

std::map<std::string, std::size_t> slots_of(std::vector<worker> const& all) {
    std::map<std::string, std::size_t> slots;
    for (worker const& one : all) slots.emplace(one.type, one.options.slots);
    return slots;
}

// Where the daemon's identity and its outbox live.
void make_state_dir(std::string const& folder) {
    if (folder.empty()) return;
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        throw config_error("state_dir: cannot make " + folder + ": " + error.message() +
                           "; name a folder that this program may write to");
    }
}

std::shared_ptr<outbox> open_outbox(outbox_config const& settings) {
    if (settings.mode == outbox_mode::off) return nullptr;
    return std::make_shared<sqlite_outbox>(sqlite_outbox_options{
        .path = settings.path, .rows_max = settings.rows_max, .bytes_max = settings.bytes_max});
}

// Whether a further result may find no room. Health asks at each event, so it is looked at once a
// second.
std::function<bool()> watch_room(runtime const& of, std::shared_ptr<clock> clock) {
    return [&of, clock = std::move(clock), next = time_point{}, full = false]() mutable {
        if (auto const now = clock->now(); now >= next) {
            full = of.status().outbox.full;
            next = now + std::chrono::seconds{1};
        }
        return full;
    };
}

// None where nobody wants to know.
std::shared_ptr<queue_depths> watch_queues(config const& settings, std::vector<worker> const& all,
                                           runtime& on) {
    auto const every = settings.queue_depths_every;
    if (!settings.admin || every.count() == 0) return nullptr;
    auto made = std::make_shared<queue_depths>(all);
    start_learning(on.get_executor(), made, std::make_shared<task_client>(on.rest()), every);
    return made;
}

std::shared_ptr<prometheus_metrics> make_metrics(std::vector<worker> const& all, runtime const& of,
                                                 std::shared_ptr<queue_depths const> depths) {
    auto options = prometheus_options::from_environment();
    for (worker const& one : all) options.task_types.push_back(one.type);
    options.status = [&of] { return of.status(); };
    if (depths) options.queue_depths = [depths = std::move(depths)] { return depths->latest(); };
    return std::make_shared<prometheus_metrics>(std::move(options));
}

// The metrics are made when the runtime is there, whose options must name them before.
struct call_counter {
    std::shared_ptr<prometheus_metrics> metrics{};

    void count(call_report const& call) const {
        if (metrics) metrics->http_request(call.method, call.uri, call.status, call.took);
    }
};

client_options counted(client_options server, std::shared_ptr<call_counter> by) {
    server.on_call = [by = std::move(by)](call_report const& call) { by->count(call); };
    return server;
}

std::unique_ptr<admin_listener> listen(config const& settings, runtime const& on,
                                       std::shared_ptr<health_state const> state,
                                       std::shared_ptr<prometheus_metrics const> metrics) {
    if (!settings.admin) return nullptr;
    return std::make_unique<admin_listener>(
        on.get_executor(), admin_listener_options{.address = *settings.admin},
        environment::system().clock, [state, metrics](admin_request const& request) {
            constexpr std::string_view text_format = "text/plain; version=0.0.4; charset=utf-8";
            if (request.path == "/metrics") return admin_answer{200, metrics->text(), text_format};
            return answer_health(request, *state);
        });
}

// Keeps what the admin page shows; none where there is no such page.
std::shared_ptr<status_board> keep_status(config const& settings, std::vector<worker> const& all,
                                          observers& events) {
    if (!settings.control.listen) return nullptr;
    status_board::identity own{.version = std::string{version()},
                               .server = addresses_text(settings.server),
                               .outbox = settings.outbox.mode};
    for (worker const& one : all) own.types.push_back(one.type);
    auto made = std::make_shared<status_board>(std::move(own), environment::system().clock);
    events.add(made);
    return made;
}

// Who has started this process and waits for word of it; none when nobody does.
std::unique_ptr<service_notifier> notify(std::optional<notify_target> const& target,
                                         service_notifier::surrounding around, observers& events) {
    if (!target) return nullptr;
    auto notifier = std::make_unique<service_notifier>(*target, std::move(around));
    events.add(notifier->make_observer());
    return notifier;
}

// The listeners of a daemon; none where none is wanted.
struct listeners {
    std::unique_ptr<admin_listener> health;
    std::unique_ptr<admin_listener> control;
};

void say_started(logger& log, config const& settings, std::vector<worker> const& all,
                 listeners const& at) {
    std::vector<std::string> types;
    for (worker const& one : all) types.push_back(one.type);
    log_line line{
        "started",
        {{"version", std::string{version()}},
         {"server", addresses_text(settings.server)},
         {"types", listed(types)},
         {"outbox", settings.outbox.mode == outbox_mode::off ? "none" : settings.outbox.path},
         {"health", at.health ? at.health->address().text() : "none"}}};
    if (at.control) line.fields.push_back({"control", at.control->address().text()});
    log.write(log_level::info, line);
}

void say_stopped(logger& log, int status) {
    if (status == exit_done) {
        log.write(log_level::info, {"stopped"});
    } else {
        log.write(log_level::error, {"stopped, and left tasks or results behind; the server hands "
                                     "them out again after their response timeout"});
    }
}

}  // namespace

int run_command::execute(console& to) const {
    // Whoever reads the log may go away; the daemon stays.
    std::signal(SIGPIPE, SIG_IGN);
    auto const service_manager = take_notify_target();
    parsed_config const parsed = load_config(config_file, to.around);
    config const& settings = parsed.values;
    logger log{settings.log_level, settings.log_format};
    make_state_dir(settings.state_dir);
    environment const around = environment::system();
    auto const events = std::make_shared<observers>();
    auto const calls = std::make_shared<call_counter>();
    runtime serving{counted(settings.server, calls),
                    {.state_dir = settings.state_dir,
                     .outbox = open_outbox(settings.outbox),
                     .outbox_mode = settings.outbox.mode,
                     .grace = settings.grace,
                     .observer = events}};
    auto const outside =
        std::make_shared<http::client>(serving.get_executor(), outside_client_options());
    std::vector<worker> const all = make_workers(settings, outside, around);
    // Not owned: the observers outlive the runtime, on whose loop the connections live.
    auto const state = std::make_shared<health_state>(
        slots_of(all), around.clock, [rest = serving.rest().get()] { return rest->token(); },
        limits_of(settings.server));
    for (worker const& one : all) state->serve(one.type, one.options.slots, one.options.paused);
    state->ask_outbox(watch_room(serving, around.clock));
    events->add(state);
    events->add(std::make_shared<event_log>(log, around.clock, addresses_text(settings.server)));
    auto const metrics = make_metrics(all, serving, watch_queues(settings, all, serving));
    events->add(metrics);
    calls->metrics = metrics;
    if (auto const tracing = opentelemetry_options::from_environment())
        events->add(std::make_shared<opentelemetry_traces>(*tracing));
    for (worker const& one : all) serving.add(one);
    auto const board = keep_status(settings, all, *events);
    worker_switch types{serving, *state};
    listeners const at{
        listen(settings, serving, state, metrics),
        serve_control(settings.control, {serving, state, board, types, log}, around.clock)};
    auto const service =
        notify(service_manager, {serving.get_executor(), around.clock, state, log}, *events);
    reloader const reloads{config_file, to.around, parsed, {serving, types, log, service.get()}};
    // Said on the loop: from then on signals are heeded.
    boost::asio::post(serving.get_executor(), [&] { say_started(log, settings, all, at); });
    int const status = serving.run();
    say_stopped(log, status);
    return status;
}

}  // namespace conductor::daemon
