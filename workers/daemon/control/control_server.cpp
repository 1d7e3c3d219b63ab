#include <daemon/control/control_server.hpp>

#include <daemon/control/control_site.hpp>

#include <utility>

namespace conductor::daemon {
namespace {

// A person's browser takes one for its stream and a few for page, style and script.
constexpr std::size_t connections_max = 32;
constexpr std::size_t streams_max = 16;

std::function<status_facts()> facts_of(control_subjects const& of) {
    return [&serving = of.serving, state = of.state, board = of.board] {
        return board->facts({.runtime = serving.status(),
                             .ready = state->ready(),
                             .token = state->token(),
                             .draining = state->draining()});
    };
}

std::function<bool(std::string const&, bool)> pauses_of(control_subjects const& of) {
    return [&types = of.types, &log = of.log](std::string const& type, bool paused) {
        if (!types.set_paused(type, paused)) return false;
        log.write(
            log_level::info,
            {paused ? "paused by the admin page" : "resumed by the admin page", {{"type", type}}});
        return true;
    };
}

std::shared_ptr<logins> logins_of(control_config const& settings, logger& log,
                                  std::shared_ptr<clock> clock) {
    if (!settings.token) return nullptr;
    return std::make_shared<logins>(
        settings.token->read, std::move(clock), unguessable_text,
        [&log] { log.write(log_level::warn, {"somebody gave a wrong token to the admin page"}); });
}

}  // namespace

std::unique_ptr<admin_listener> serve_control(control_config const& settings, control_subjects of,
                                              std::shared_ptr<clock> clock) {
    if (!settings.listen) return nullptr;
    auto const site = std::make_shared<control_site>(
        control_site::parts{.facts = facts_of(of),
                            .set_paused = pauses_of(of),
                            .who = logins_of(settings, of.log, clock),
                            .guard = request_guard{*settings.listen, settings.hosts}});
    return std::make_unique<admin_listener>(
        of.serving.get_executor(),
        admin_listener_options{.address = *settings.listen,
                               .key = "admin.control_listen",
                               .connections_max = connections_max,
                               .body_bytes_max = control_body_bytes_max,
                               .streams_max = streams_max},
        std::move(clock), [site](admin_request const& request) { return site->answer(request); });
}

}  // namespace conductor::daemon
